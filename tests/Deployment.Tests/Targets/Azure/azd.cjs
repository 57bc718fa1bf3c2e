// A stand-in for azd, where there is no Azure: runs the steps of workflows.up in azure.yaml as azd does, and keeps what it provisioned and deployed, and the secrets that it made, where azd does: a reference in
// .azure/NAME/config.json, the value in a vault in the user's home. (Azure/azure-dev, cli/azd/pkg/workflow, cli/azd/pkg/config)
// STANDIN_MANIFEST is the AppHost's manifest, STANDIN_FAILING a list of services whose deployment fails.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { randomUUID } = require("node:crypto");
const yaml = require("js-yaml");

const fail = message => {
  console.error(`ERROR: ${message}`);
  process.exit(1);
};
const read = (path, otherwise) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : otherwise);
const write = (folder, name, value) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
};

const environment = join(".azure", "shop");
const state = read(join(environment, "state.json"), { provisioned: {}, deployed: [] });
const config = read(join(environment, "config.json"), {});
const vaults = join(process.env.AZD_CONFIG_DIR, "vaults");
const { resources } = read(process.env.STANDIN_MANIFEST);
const failing = (process.env.STANDIN_FAILING ?? "").split(",");

// A parameter: what the environment's configuration says, or the vault that it names; otherwise one is made, or asked for.
const valueOf = name => {
  const key = name.replaceAll("-", "_");
  const said = config.infra?.parameters?.[key];
  const vault = config.vault && read(join(vaults, `${config.vault}.json`));
  const id = /^vault:\/\/(.+)\/(.+)$/.exec(said ?? "")?.[2];
  if (said !== undefined && !id) return said;
  if (id && vault?.[id]) return Buffer.from(vault[id], "base64").toString();
  if (!Object.values(resources[name].inputs ?? {}).some(input => input.default?.generate)) fail(`missing required inputs: ${key}; azd env config set infra.parameters.${key} <value>`);
  config.vault ??= randomUUID();
  const [made, place] = [randomUUID(), randomUUID()];
  write(vaults, `${config.vault}.json`, { ...vault, [place]: Buffer.from(made).toString("base64") });
  ((config.infra ??= {}).parameters ??= {})[key] = `vault://${config.vault}/${place}`;
  write(environment, "config.json", config);
  return made;
};

const commands = {
  provision: () => {
    for (const [name] of Object.entries(resources).filter(([, { type }]) => type === "parameter.v0")) state.provisioned[name] = valueOf(name);
    write(environment, "state.json", state);
  },
  deploy: service => {
    if (Object.keys(state.provisioned).length === 0) fail("infrastructure has not been provisioned. Run `azd provision`");
    const services = Object.entries(resources).filter(([, { deployment }]) => deployment).map(([name]) => name);
    if (service && !services.includes(service)) fail(`service name '${service}' doesn't exist`);
    for (const name of service ? [service] : services) {
      if (failing.includes(name)) fail(`failed deploying service '${name}'`);
      state.deployed.push(name);
      write(environment, "state.json", state);
    }
  },
  up: () => {
    for (const { azd } of yaml.load(readFileSync("azure.yaml", "utf8")).workflows.up.steps) {
      const [command, service] = typeof azd === "string" ? azd.split(" ") : azd.args;
      commands[command](service);
    }
  },
};
const [command, service] = process.argv.slice(2).filter(word => !word.startsWith("-"));
commands[command](service);
