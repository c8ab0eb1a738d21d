// The benchmark's programs in Go, one subcommand each:
//
//	serve BODY SECRET        a reference server; prints its address
//	get                      reads the endpoint once, as the SDK in a command does
//	hold PAIRS FILES         keeps sockets and files open until its input ends
//	first TARGET SPAN        times the first and later requests of new connections
//	kept|cold|sdk TARGET …   CLIENTS SPAN AT_MOST: puts the server under load
//
// A TARGET is three arguments: URI, file that holds the header with the token, expected status. Where
// an argument is a file it holds a secret, which must not show in a command line.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func text(file string) string {
	bytes, err := os.ReadFile(file)
	check(err)
	return strings.TrimSpace(string(bytes))
}

func number(i int) int {
	value, err := strconv.Atoi(os.Args[i])
	check(err)
	return value
}

func span(i int) time.Duration {
	value, err := time.ParseDuration(os.Args[i])
	check(err)
	return value
}

func main() {
	switch os.Args[1] {
	case "serve":
		serve(text(os.Args[2]), text(os.Args[3]))
	case "get":
		token := text(os.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))
		uri := os.Getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")
		load("kept", newTarget(uri, "Authorization: "+token, "200"), 1, time.Minute, 1)
	case "hold":
		hold(number(2), number(3))
	case "first":
		target := newTarget(os.Args[2], text(os.Args[3]), os.Args[4])
		bufio.NewReader(os.Stdin).ReadString('\n')
		first(target, span(5))
	default:
		target := newTarget(os.Args[2], text(os.Args[3]), os.Args[4])
		load(os.Args[1], target, number(5), span(6), number(7))
	}
}
