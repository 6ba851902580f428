// Checks the claims on this page: their Ed25519 signatures, and the numbers that are shown.
// A page holds each claim as <script type="application/json" class="journeyman-claim">, and may
// hold an element with the id "journeyman-proof" for the outcome. No network; works from file://.
(() => {
  const jcs = (v) => Array.isArray(v) ? `[${v.map(jcs)}]` : v === null || typeof v !== "object"
    ? JSON.stringify(v) : `{${Object.keys(v).sort().map((k) => `${JSON.stringify(k)}:${jcs(v[k])}`)}}`;
  const bytes = (t) => Uint8Array.from(atob(t.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const check = async (text) => {
    const { claim, signatures } = JSON.parse(text);
    if (jcs(JSON.parse(text)) !== text.trim()) throw new Error("not in canonical form");
    for (const { signature, ...about } of signatures) {
      const key = await crypto.subtle.importKey("raw", bytes(about.key), "Ed25519", false, ["verify"]);
      const body = new TextEncoder().encode(jcs({ claim, ...about, kind: "journeyman.claim" }));
      if (!await crypto.subtle.verify("Ed25519", key, bytes(signature), body)) throw new Error(`${about.name} did not sign this`);
    }
    if (signatures[0].key !== claim.subject.key) throw new Error("not signed by its subject");
    return claim;
  };
  const run = async (page) => {
    const claims = new Map();
    for (const one of page.querySelectorAll("script.journeyman-claim")) {
      const claim = await check(one.textContent);
      claims.set(claim.id, claim);
    }
    for (const one of page.querySelectorAll("[data-claim]")) {
      const claim = claims.get(one.dataset.claim), field = one.dataset.field ?? "value";
      const number = field === "value" ? claim?.value : claim?.interval?.[field];
      if (number === undefined || Number(one.dataset.value) !== number) throw new Error(`${one.textContent} is not what was claimed`);
      const [, shown, percent] = /^([+-]?[0-9]+(?:\.[0-9]+)?)\s*(%?)$/.exec(one.textContent.trim().replace("−", "-")) ?? [];
      const half = 0.5 * 10 ** -((shown ?? "").split(".")[1] ?? "").length, exact = percent ? 100 * number : number;
      const bare = field === "value" && !percent && half === 0.5 && Math.abs(number) < 1 && Number(shown) !== number;
      if (bare || !(Math.abs(shown - exact) <= half * (1 + 1e-9))) throw new Error(`${one.textContent} is not ${number}`);
    }
    return claims.size;
  };
  globalThis.journeymanProof = { check, run };
  if (typeof document === "undefined") return;
  run(document).then(
    (count) => ["good", `Your browser checked ${count} signed ${count === 1 ? "claim" : "claims"} on this page: every signature fits, and so does every number that carries one.`],
    (error) => ["bad", `Do not believe this page: ${error.message}.`],
  ).then(([state, text]) => {
    const place = document.getElementById("journeyman-proof");
    if (place) { place.dataset.state = state; place.textContent = text; }
  });
})();
