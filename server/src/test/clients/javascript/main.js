// The default chain of the SDK for JavaScript, or by a first argument `legacy` the container
// provider that IDE extensions use. `catalogue.py` says what each mode prints.
import { setTimeout } from "node:timers/promises";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromContainerMetadata } from "@smithy/credential-provider-imds";

const mode = process.argv.at(-1);
const legacy = process.argv[2] === "legacy";
const sts = new STSClient(legacy ? { credentials: fromContainerMetadata() } : {});

// As the client of a service reads and caches it.
const key = async () => (await sts.config.credentials()).accessKeyId;
const arn = async () => (await sts.send(new GetCallerIdentityCommand({}))).Arn;

async function read() {
  const first = await key();
  const cached = await key();
  console.log("first", first, await arn());
  console.log("cached", cached);
  if (mode !== "read") return;
  const end = Date.now() + 60_000;
  while ((await key()) === first) {
    if (Date.now() > end) throw new Error("the credentials were not refreshed");
    await setTimeout(200);
  }
  console.log("refreshed", await key(), await arn());
}

if (mode === "error") {
  await arn().catch((shown) => console.log("error", shown.message));
} else {
  await read();
}
