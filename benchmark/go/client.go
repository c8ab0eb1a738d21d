package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
)

const imdsToken = "X-aws-ec2-metadata-token"

// A target is where requests go, the header that carries their token, and the expected status.
type target struct{ host, path, header, status string }

func newTarget(uri, header, status string) target {
	parsed, err := url.Parse(uri)
	check(err)
	return target{parsed.Host, parsed.EscapedPath(), header, status}
}

func (t target) request(method, path, header string) string {
	return method + " " + path + " HTTP/1.1\r\nHost: " + t.host + "\r\n" + header +
		"\r\nAccept: application/json\r\n\r\n"
}

func (t target) get() string { return t.request("GET", t.path, t.header) }

// A client is one connection; it writes HTTP itself, because net/http's client costs more than the
// servers that it would measure.
type client struct {
	connection net.Conn
	answer     *bufio.Reader
	body       []byte
}

func dial(t target) *client {
	connection, err := net.Dial("tcp", t.host)
	check(err)
	return &client{connection, bufio.NewReader(connection), make([]byte, 0, 4096)}
}

// close resets the connection, so that nothing of it stays in the kernel's table.
func (c *client) close() {
	c.connection.(*net.TCPConn).SetLinger(0)
	c.connection.Close()
}

// ask sends a request and reports whether the answer has the wanted status. The only other status
// that it accepts is 503, "try again".
func (c *client) ask(request, wanted string) bool {
	_, err := io.WriteString(c.connection, request)
	check(err)
	status, length := "", -1
	for first := true; ; first = false {
		line, err := c.answer.ReadString('\n')
		check(err)
		if first {
			status = strings.Fields(line + " - -")[1]
		}
		if line == "\r\n" {
			break
		}
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Content-Length") {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
	}
	if length < 0 || length > cap(c.body) || status != wanted && status != "503" {
		check(fmt.Errorf("unexpected answer: status %s, length %d", status, length))
	}
	c.body = c.body[:length]
	_, err = io.ReadFull(c.answer, c.body)
	check(err)
	return status == wanted
}

// sdk sends the three requests by which an SDK gets credentials over IMDSv2.
func (c *client) sdk(t target) bool {
	list := t.path[:strings.LastIndex(t.path, "/")+1]
	ok := c.ask(t.request("PUT", "/latest/api/token", imdsToken+"-ttl-seconds: 21600"), "200")
	header := imdsToken + ": " + string(c.body)
	ok = c.ask(t.request("GET", list, header), "200") && ok
	return c.ask(t.request("GET", list+string(c.body), header), "200") && ok
}
