// Checks Kubernetes manifests by the models that Kubernetes' own client for JavaScript has from the published API: prints, as JSON, of which minor version they are, and by path
// what is in a file and not in that version.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadAll } from "js-yaml";

const models = "@kubernetes/client-node/dist/gen/models";
const primitives = { string: "string", Date: "string", number: "number", boolean: "boolean" };

async function modelNamed(name) {
  try {
    return (await import(`${models}/${name}.js`))[name].attributeTypeMap;
  } catch {
    return undefined;
  }
}

async function* unknown(value, type, format, place) {
  const [, element] = /^(?:Array|Set)<(.+)>$/.exec(type) ?? /^\{ \[key: string\]: (.+); \}$/.exec(type) ?? [];
  if (type === "any" || type === "object") return;
  if (type === "IntOrString") {
    if (!Number.isInteger(value) && typeof value !== "string") yield `${place} is neither a whole number nor a text`;
  } else if (primitives[type]) {
    if (typeof value !== primitives[type]) yield `${place} is no ${primitives[type]}`;
    else if (format.startsWith("int") && !Number.isInteger(value)) yield `${place} is no whole number`;
  } else if (element) {
    if (typeof value !== "object" || Array.isArray(value) === type.startsWith("{")) yield `${place} is no ${type}`;
    else for (const [key, each] of Object.entries(value)) yield* unknown(each, element, "", `${place}.${key}`);
  } else {
    const model = await modelNamed(type);
    if (!model) yield `${place} is of an unknown kind, ${type}`;
    else if (typeof value !== "object" || Array.isArray(value)) yield `${place} is no ${type}`;
    else
      for (const [key, each] of Object.entries(value)) {
        const attribute = model.find(({ baseName }) => baseName === key);
        if (!attribute) yield `${place}.${key} is nothing that ${type} has`;
        else yield* unknown(each, attribute.type, attribute.format, `${place}.${key}`);
      }
  }
}

const files = {};
for (const path of process.argv.slice(2)) {
  files[path] = [];
  for (const each of loadAll(readFileSync(path, "utf8"))) {
    const version = each.apiVersion.split("/").at(-1);
    for await (const complaint of unknown(each, version[0].toUpperCase() + version.slice(1) + each.kind, "", each.kind)) files[path].push(complaint);
  }
}
const [, minor] = /release-1\.(\d+)/.exec(readFileSync(createRequire(import.meta.url).resolve(`${models}/V1Pod.js`), "utf8"));
process.stdout.write(JSON.stringify({ minor: Number(minor), files }));
