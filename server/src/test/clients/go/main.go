// The default chain of the SDK for Go. `catalogue.py` says what each mode prints.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cfg := must(config.LoadDefaultConfig(ctx))
	if os.Args[1] != "error" {
		read(ctx, cfg)
	} else if _, err := arn(ctx, cfg); err != nil {
		fmt.Println("error", err)
	}
}

func read(ctx context.Context, cfg aws.Config) {
	first, cached := key(ctx, cfg), key(ctx, cfg)
	fmt.Println("first", first, must(arn(ctx, cfg)))
	fmt.Println("cached", cached)
	if os.Args[1] == "read" {
		for key(ctx, cfg) == first {
			time.Sleep(200 * time.Millisecond)
		}
		fmt.Println("refreshed", key(ctx, cfg), must(arn(ctx, cfg)))
	}
}

func key(ctx context.Context, cfg aws.Config) string {
	return must(cfg.Credentials.Retrieve(ctx)).AccessKeyID
}

func arn(ctx context.Context, cfg aws.Config) (string, error) {
	identity, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
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
