// The default chain of the first SDK for Go, which AWS no longer maintains. `catalogue.py` says what
// each mode prints.
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

func main() {
	loaded := must(session.NewSessionWithOptions(session.Options{
		SharedConfigState: session.SharedConfigEnable,
		// It does not know the variable.
		Config: aws.Config{Endpoint: aws.String(os.Getenv("AWS_ENDPOINT_URL_STS"))},
	}))
	if os.Args[1] != "error" {
		read(loaded)
	} else if _, err := arn(loaded); err != nil {
		fmt.Println("error", err)
	}
}

func read(loaded *session.Session) {
	first, cached := key(loaded), key(loaded)
	fmt.Println("first", first, must(arn(loaded)))
	fmt.Println("cached", cached)
	if os.Args[1] == "read" {
		for end := time.Now().Add(time.Minute); key(loaded) == first; time.Sleep(200 * time.Millisecond) {
			if time.Now().After(end) {
				log.Fatal("the credentials were not refreshed")
			}
		}
		fmt.Println("refreshed", key(loaded), must(arn(loaded)))
	}
}

func key(loaded *session.Session) string {
	return must(loaded.Config.Credentials.Get()).AccessKeyID
}

func arn(loaded *session.Session) (string, error) {
	identity, err := sts.New(loaded).GetCallerIdentity(nil)
	if err != nil {
		return "", err
	}
	return *identity.Arn, nil
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
