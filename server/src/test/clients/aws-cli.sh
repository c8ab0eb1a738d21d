#!/bin/sh
# Asks who it is by the AWS CLI until another session answers; the stand-in's user ids are session's.
use() { aws sts get-caller-identity --query '[UserId,Arn]' --output text | tr '\t' ' '; }
first=$(use)
last=$first
tries=0
while [ "$last" = "$first" ]; do
  tries=$((tries + 1))
  [ $tries -lt 30 ] || exit 1
  sleep 0.5
  last=$(use)
done
printf '%s\n' "$first" "$last"
