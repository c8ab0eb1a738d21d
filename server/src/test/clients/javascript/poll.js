// Asks for credentials while FILE exists, each time by a provider of its own: FILE CLIENTS.
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { STSClient } from "@aws-sdk/client-sts";

const [asking, clients] = process.argv.slice(2);
const troubles = [];
let count = 0;

async function poll() {
  for (;;) {
    try {
      await new STSClient({}).config.credentials();
      count++;
    } catch (e) {
      troubles.push(String(e));
    }
    if (!existsSync(asking)) return;
    // Each provider leaves a connection open until the other side closes it, after a minute.
    await setTimeout(2000);
  }
}

await Promise.all(Array.from({ length: Number(clients) }, poll));
console.log(count, troubles.length, ...troubles.slice(0, 3));
