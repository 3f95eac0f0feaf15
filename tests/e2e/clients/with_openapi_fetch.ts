// Call every route with openapi-fetch and the types that openapi-typescript has made: node with_openapi_fetch.js URL
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] });
const data = "https://example.com";

function given<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.url}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

const query = { data };
const picture = await client.GET("/api/qr/generate", { params: { query }, parseAs: "text" });
const head = await client.HEAD("/api/qr/generate", { params: { query } });
const path = { ending: "svg" } as const;
const pathPicture = await client.GET("/api/qr/generate.{ending}", { params: { path, query }, parseAs: "text" });
const pathHead = await client.HEAD("/api/qr/generate.{ending}", { params: { path, query } });
const made = given(await client.POST("/api/qr/generate", { body: { data } }));
const network = given(
  await client.POST("/api/qr/generate", { body: { data: { type: "wifi", ssid: "Guests", password: "correct horse" } } }),
);
const refused = await client.POST("/api/qr/generate", { body: { data: "" } });
const batch = given(
  await client.POST("/api/qr/batch", { body: { codes: [{ id: "a", data }, { data, version: 41 }] } }),
);
const [first, second] = batch.results;
const symbol = given(await client.POST("/api/qr/validate", { body: { data } })).symbol;
const listed = given(await client.GET("/api/qr/styles"));
const drawn = given(await client.POST("/api/qr/generate", { body: { data, format: "png" } }));
const image = typeof drawn === "object" && "data" in drawn ? String(drawn.data) : "";
const read = given(await client.POST("/api/qr/read", { body: { image } }));
const health = given(await client.GET("/healthz"));
const healthHead = await client.HEAD("/healthz");
const description = given(await client.GET("/openapi.json"));
const page = await client.GET("/llms.txt", { parseAs: "text" });
const warmed = given(await client.POST("/api/qr/cache/warm", { body: { patterns: ["warm", { data: "warm" }] } }));
const stats = given(await client.GET("/api/qr/cache/stats")).stats;
const cleared = given(await client.POST("/api/qr/cache/clear", { body: { pattern: "*" } }));

console.log(
  JSON.stringify({
    generateFromQuery: String(picture.data).slice(0, 4),
    generateHead: head.response.status,
    generateFromPath: String(pathPicture.data).slice(0, 4),
    generateHeadFromPath: pathHead.response.status,
    generate: typeof made === "object" ? made.format : null,
    "generate, a network": typeof network === "object" && network.success,
    "generate, refused": refused.error && "errors" in refused.error ? refused.error.errors?.[0].path : null,
    generateBatch: [first.id, first.success, "problem" in second ? second.problem.status : null],
    validate: symbol.name,
    listStyles: listed.styles.map((style) => style.name),
    read: read.symbols[0].text,
    health: health.status,
    healthHead: healthHead.response.status,
    describe: description["openapi"],
    page: String(page.data).slice(0, 11),
    warmCache: warmed.results.map((result) => result.outcome),
    cacheStats: stats.mode,
    clearCache: cleared.success,
  }),
);
