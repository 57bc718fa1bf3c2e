// Reads HCL files, by HashiCorp's own parser, and prints them as one JSON object by their paths.
const { parse } = require("@cdktf/hcl2json");
const { readFileSync } = require("node:fs");

(async () => {
  const files = {};
  for (const path of process.argv.slice(2)) files[path] = await parse(path, readFileSync(path, "utf8"));
  process.stdout.write(JSON.stringify(files));
})().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
