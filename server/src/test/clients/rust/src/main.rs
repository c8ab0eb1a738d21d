//! The default chain of the SDK for Rust. `catalogue.py` says what each mode prints.

use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use aws_sdk_sts::config::ProvideCredentials;
use aws_sdk_sts::error::DisplayErrorContext;
use aws_smithy_http_client::Builder;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mode = std::env::args().nth(1).expect("a mode");
    let config = aws_config::from_env().http_client(Builder::new().build_http()).load().await;
    if mode != "error" {
        read(&config, mode == "read").await;
    } else if let Err(shown) = arn(&config).await {
        println!("error {shown}");
    }
}

async fn read(config: &SdkConfig, on: bool) {
    let (first, cached) = (key(config).await, key(config).await);
    println!("first {first} {}", arn(config).await.expect("an ARN"));
    println!("cached {cached}");
    let start = Instant::now();
    while on && key(config).await == first {
        assert!(start.elapsed() < Duration::from_secs(60), "the credentials were not refreshed");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    if on {
        println!("refreshed {} {}", key(config).await, arn(config).await.expect("an ARN"));
    }
}

async fn key(config: &SdkConfig) -> String {
    let provider = config.credentials_provider().expect("a chain");
    provider.provide_credentials().await.expect("credentials").access_key_id().to_owned()
}

/// As the SDK shows an error: with its causes, by its own type for that.
async fn arn(config: &SdkConfig) -> Result<String, String> {
    match aws_sdk_sts::Client::new(config).get_caller_identity().send().await {
        Ok(identity) => Ok(identity.arn().unwrap_or_default().to_owned()),
        Err(error) => Err(DisplayErrorContext(error).to_string()),
    }
}
