const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (code: number) => code.toString(16).padStart(2, "0");
const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${hex(c.charCodeAt(0)).toUpperCase()}`);

export async function sign(method: string, url: string, key: string, body = new Uint8Array()): Promise<string> {
  const { pathname, search, searchParams } = new URL(url);
  const pairs = [...searchParams].filter(([name]) => !/^(utm_.*|_|cb|v|t|sig)$/.test(name));
  const encoded = pairs.map(([name, value]) => ({ name: encode(name), value: encode(value) }));
  encoded.sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  const parameters = encoded.map(({ name, value }) => `${name}=${value}`).join("&");
  const lines = [method === "HEAD" ? "GET" : method, pathname, parameters];
  if (body.length) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    lines.push([...digest].map(hex).join(""));
  }
  const secret = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", secret, bytes(lines.join("\n"))));
  const signature = btoa(String.fromCharCode(...mac)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return `${url}${search ? "&" : "?"}sig=${signature}`;
}
