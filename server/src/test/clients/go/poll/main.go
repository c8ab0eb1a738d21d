// Asks for credentials while FILE exists, each time by a provider of its own: FILE CLIENTS.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
)

// One for all, or each provider would leave a connection open until the other side closes it.
var client = awshttp.NewBuildableClient()

func main() {
	asking := os.Args[1]
	clients, _ := strconv.Atoi(os.Args[2])
	var lock sync.Mutex
	var all sync.WaitGroup
	count := 0
	var troubles []string
	for range clients {
		all.Add(1)
		go func() {
			defer all.Done()
			for {
				err := poll()
				lock.Lock()
				if err == nil {
					count++
				} else {
					troubles = append(troubles, err.Error())
				}
				lock.Unlock()
				if _, err := os.Stat(asking); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
	}
	all.Wait()
	fmt.Println(count, len(troubles), troubles[:min(3, len(troubles))])
}

func poll() error {
	cfg, err := config.LoadDefaultConfig(context.Background(), config.WithHTTPClient(client))
	if err != nil {
		return err
	}
	_, err = cfg.Credentials.Retrieve(context.Background())
	return err
}
