# frozen_string_literal: true

# The default chain of the SDK for Ruby; `catalogue.py` says what each mode prints.

require "aws-sdk-core"

# What a program has: a client of STS, whose credentials come from the chain.
class Client
  def initialize
    # Old versions do not know the variable.
    @sts = Aws::STS::Client.new(endpoint: ENV.fetch("AWS_ENDPOINT_URL_STS"))
  end

  def key
    @sts.config.credentials.credentials.access_key_id
  end

  def arn
    @sts.get_caller_identity.arn
  end

  def read(on)
    first = key
    cached = key
    puts "first #{first} #{arn}", "cached #{cached}"
    finish = Time.now + 60
    while on && key == first
      abort "the credentials were not refreshed" if Time.now > finish
      sleep 0.2
    end
    puts "refreshed #{key} #{arn}" if on
  end
end

begin
  mode = ARGV.fetch(0)
  mode == "error" ? Client.new.arn : Client.new.read(mode == "read")
rescue StandardError => e
  raise unless mode == "error"

  puts "error #{e.message}"
end
