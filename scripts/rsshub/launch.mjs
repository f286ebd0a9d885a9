// Serves the RSSHub that lies in node_modules on 127.0.0.1:$PORT. A program of its own (AGPL-3.0).
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";

const folder = new URL("./node_modules/rsshub/dist-lib/", import.meta.url);
const [, chunk] = /import\("\.\/(app-[^"]+\.mjs)"\)/.exec(readFileSync(new URL("pkg.mjs", folder), "utf8"));
const { default: app } = await import(new URL(chunk, folder));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT) });
