#!/bin/sh
# The AWS CLI, version 1 or 2, named by $AWS, or a Python and $AWS_MODULE; `catalogue.py` says what
# each mode prints. The AWS CLI keeps nothing from one command to the next. The user id that the
# stand-in for STS returns identifies the session.
who() {
  id_and_arn=$("$AWS" ${AWS_MODULE:+-m "$AWS_MODULE"} sts get-caller-identity \
    --endpoint-url "$AWS_ENDPOINT_URL_STS" --query '[UserId,Arn]' --output text) && printf '%s\n' "$id_and_arn" | tr '\t' ' '
}

if [ "$1" = error ]; then
  who 2>&1 | sed '1s/^/error /'
  exit
fi
tries=0
until first=$(who) && cached=$(who) && [ "$first" = "$cached" ]; do
  # A session may be refreshed between two commands, which take a second each.
  tries=$((tries + 1))
  [ $tries -lt 3 ] || exit 1
done
printf 'first %s\ncached %s\n' "$first" "${cached% *}"
[ "$1" = read ] || exit 0
tries=0
while later=$(who) && [ "$later" = "$first" ]; do
  tries=$((tries + 1))
  [ $tries -lt 60 ] || exit 1
  sleep 0.5
done
printf 'refreshed %s\n' "$later"
