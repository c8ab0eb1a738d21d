package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

// hold keeps pairs of connected sockets and some files open until its input ends. It prints a line
// when all of them are open.
func hold(pairs, files int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	var open []io.Closer
	for range pairs {
		client, err := net.Dial("tcp", listener.Addr().String())
		check(err)
		server, err := listener.Accept()
		check(err)
		client.(*net.TCPConn).SetLinger(0)
		open = append(open, client, server)
	}
	for range files {
		file, err := os.Open(os.DevNull)
		check(err)
		open = append(open, file)
	}
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
	for _, one := range open {
		one.Close()
	}
}
