// Asks for credentials again and again, each time by a provider of its own: SECONDS CLIENTS.
import { setTimeout } from "node:timers/promises";
import { STSClient } from "@aws-sdk/client-sts";

const [seconds, clients] = process.argv.slice(2).map(Number);
const end = Date.now() + seconds * 1000;
const troubles = [];
let count = 0;

async function poll() {
  while (Date.now() < end) {
    try {
      await new STSClient({}).config.credentials();
      count++;
    } catch (e) {
      troubles.push(String(e));
    }
    // Each provider leaves a connection open until the other side closes it, after a minute.
    await setTimeout(2000);
  }
}

await Promise.all(Array.from({ length: clients }, poll));
console.log(count, troubles.length, ...troubles.slice(0, 3));
