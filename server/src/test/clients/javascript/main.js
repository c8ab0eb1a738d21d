// Reads credentials until they change, by the default chain of the SDK for JavaScript, and uses both.
import { setTimeout } from "node:timers/promises";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { defaultProvider } from "@aws-sdk/credential-provider-node";

const credentials = defaultProvider();
const sts = new STSClient({ credentials });

async function use() {
  const { accessKeyId } = await credentials();
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  console.log(accessKeyId, Arn);
  return accessKeyId;
}

const first = await use();
const end = Date.now() + 60_000;
while ((await credentials()).accessKeyId === first) {
  if (Date.now() > end) throw new Error("the credentials were not refreshed");
  await setTimeout(200);
}
await use();
