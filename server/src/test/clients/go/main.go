// Reads credentials until they change, by the default chain of the SDK for Go, and uses both.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	first := use(ctx, cfg)
	for key(ctx, cfg) == first {
		time.Sleep(200 * time.Millisecond)
	}
	use(ctx, cfg)
}

func key(ctx context.Context, cfg aws.Config) string {
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		log.Fatal(err)
	}
	return credentials.AccessKeyID
}

func use(ctx context.Context, cfg aws.Config) string {
	id := key(ctx, cfg)
	identity, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(id, *identity.Arn)
	return id
}
