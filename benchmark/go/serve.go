package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// serve is the reference server: a bare net/http handler that checks the same token as jvault and
// returns the same body. It prints its address.
func serve(body, secret string) {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		answer := body
		if r.Method == "PUT" {
			answer = secret
		} else if r.Header.Get("Authorization") != secret && r.Header.Get(imdsToken) != secret {
			w.WriteHeader(http.StatusForbidden)
			return
		} else if strings.HasSuffix(r.URL.Path, "/") {
			answer = "dev"
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		io.WriteString(w, answer)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Println(listener.Addr())
	check(http.Serve(listener, nil))
}
