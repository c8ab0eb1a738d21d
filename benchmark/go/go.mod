module jvault.dev/benchmark

go 1.22
