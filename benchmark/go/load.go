package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// visitor returns what one client repeats: "kept" asks on its one connection, "cold" and "sdk" open
// a new connection each time.
func visitor(kind string, t target) func() bool {
	if kind == "kept" {
		c, get := dial(t), t.get()
		return func() bool { return c.ask(get, t.status) }
	}
	return func() bool {
		c := dial(t)
		defer c.close()
		if kind == "sdk" {
			return c.sdk(t)
		}
		return c.ask(t.get(), t.status)
	}
}

func microseconds(since time.Time) float64 { return float64(time.Since(since).Nanoseconds()) / 1e3 }

func quantile(sorted []float64, share float64) float64 {
	return sorted[int(share*float64(len(sorted)-1))]
}

// load lets some clients, which start together, ask again as soon as they are answered, each until
// the span is over or, if atMost is not 0, until it has asked that often. Prints the times in µs.
func load(kind string, t target, clients int, span time.Duration, atMost int) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	times := make([][]float64, clients)
	var refused atomic.Int64
	for i := range times {
		ready.Add(1)
		done.Add(1)
		go func() {
			defer done.Done()
			visit := visitor(kind, t)
			if kind == "kept" && atMost == 0 {
				visit()
			}
			ready.Done()
			<-gate
			start := time.Now()
			for time.Since(start) < span && (atMost == 0 || len(times[i]) < atMost) {
				before := time.Now()
				if !visit() {
					refused.Add(1)
				}
				times[i] = append(times[i], microseconds(before))
			}
		}()
	}
	ready.Wait()
	start := time.Now()
	close(gate)
	done.Wait()
	seconds := time.Since(start).Seconds()
	var all []float64
	for _, some := range times {
		all = append(all, some...)
	}
	sort.Float64s(all)
	json.NewEncoder(os.Stdout).Encode(map[string]float64{"count": float64(len(all)),
		"rate": float64(len(all)) / seconds, "p50": quantile(all, .5), "p99": quantile(all, .99),
		"p99.9": quantile(all, .999), "refused": float64(refused.Load())})
	if atMost == 0 && refused.Load() > 0 {
		check(fmt.Errorf("%d of %d requests got 503", refused.Load(), len(all)))
	}
}

// first opens one connection after another, sends five requests on each, and prints the median time
// of the first requests and of the later ones.
func first(t target, span time.Duration) {
	var first, kept []float64
	for start := time.Now(); time.Since(start) < span; {
		c := dial(t)
		for i := range 5 {
			before := time.Now()
			c.ask(t.get(), t.status)
			if i == 0 {
				first = append(first, microseconds(before))
			} else {
				kept = append(kept, microseconds(before))
			}
		}
		c.close()
	}
	sort.Float64s(first)
	sort.Float64s(kept)
	json.NewEncoder(os.Stdout).Encode(
		map[string]float64{"first": quantile(first, .5), "kept": quantile(kept, .5)})
}
