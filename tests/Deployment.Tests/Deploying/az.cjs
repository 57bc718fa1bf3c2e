// A stand-in for the Azure CLI, where there is no Azure: keeps resource groups, what was deployed to them, revisions and executions in a file. Queries are read by the JMESPath of az itself, in JavaScript.
// Of a module it reads its parameters, and the types and names of its resources: what else is in it, the compiler reads in other tests.
// STANDIN_AZ names that file. What goes wrong: STANDIN_LOGIN is none, ended or nosubscription; STANDIN_LACKING is a type that the region hasn't got; STANDIN_ROLE are the actions that the account's role takes
// back; STANDIN_FAILING are modules whose deployment fails or jobs that do, STANDIN_UNREADY apps whose revision never gets ready, STANDIN_BROKEN apps whose revision isn't tried again; STANDIN_REFUSING are parts of commands that Azure doesn't answer, STANDIN_ACTIVE deployments of which one
// goes on at the first two attempts, STANDIN_INVALID is one that doesn't begin. It takes the options that
// az 2.45.0 has for each command and no other, as `az COMMAND --help` lists them.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const jmespath = require("jmespath");

const place = process.env.STANDIN_AZ;
const listed = name => (process.env[`STANDIN_${name}`] ?? "").split(",").filter(each => each);
const [failing, unready, broken, refusing, active] = ["FAILING", "UNREADY", "BROKEN", "REFUSING", "ACTIVE"].map(listed);
const state = place && existsSync(place) ? JSON.parse(readFileSync(place, "utf8")) : { groups: {}, changes: 0, calls: [] };
const keep = () => writeFileSync(place, JSON.stringify(state));
const changed = () => {
  state.changes++;
  keep();
};
const fail = (message, code = 1) => {
  console.error(`ERROR: ${message}`);
  process.exit(code);
};

// One with a value of its own ends in "=", one that must be there in "!".
const everywhere = "subscription= only-show-errors output= query=";
const known = {
  "account show": "name=", "group exists": "name=!", "group show": "name=!", "group delete": "name=! yes no-wait",
  "deployment sub create": "location=! name= template-file= parameters= no-prompt= no-wait", "deployment sub what-if": "location=! name= template-file= parameters= no-prompt= exclude-change-types= result-format=",
  "deployment group create": "resource-group=! name= template-file= parameters= no-prompt= mode= no-wait", "deployment group what-if": "resource-group=! name= template-file= parameters= no-prompt= mode= exclude-change-types=",
  "deployment group show": "resource-group=! name=!", "deployment operation group list": "resource-group=! name=!", "provider show": "namespace=! expand=",
  "resource list": "resource-group= resource-type= namespace= name= location= tag=", "resource delete": "ids= name= resource-group= resource-type= api-version= no-wait",
  "acr login": "name=! expose-token", "acr repository show": "name=! image= repository=", "rest": "method= url=! body= headers= resource=",
};
const words = process.argv.slice(2);
const verb = Object.keys(known).find(each => words.join(" ").startsWith(each) && [undefined, "-"].includes(words[each.split(" ").length]?.[0])) ?? fail(`The stand-in has no az ${words.join(" ")}.`);
const options = {};
const takes = `${known[verb]} ${everywhere}`.split(" ").filter(each => each).map(each => ({ name: each.replace(/[=!]+$/, ""), valued: each.includes("="), must: each.endsWith("!") }));
for (let rest = words.slice(verb.split(" ").length); rest.length > 0; ) {
  const [option] = rest.splice(0, 1);
  const one = takes.find(each => `--${each.name}` === option) ?? fail(`unrecognized arguments: ${option}`, 2);
  options[one.name] = one.valued ? (rest.length > 0 ? rest.splice(0, 1)[0] : fail(`argument --${one.name}: expected one argument`, 2)) : true;
}
for (const { name } of takes.filter(each => each.must && options[each.name] === undefined)) fail(`the following arguments are required: --${name}`, 2);
state.calls.push(`az ${words.join(" ")}`);
if (place) keep();
if (refusing.some(each => words.join(" ").includes(each))) fail("(ServiceUnavailable) The service is unavailable at the moment.");
const begin = name => {
  if (!active.includes(name)) return;
  state.active ??= {};
  state.active[name] = (state.active[name] ?? 0) + 1;
  keep();
  if (state.active[name] <= 2) fail(`{"code": "DeploymentActive", "message": "Unable to edit or replace deployment '${name}': previous deployment is still active."}`);
};

const shown = value => (value === null || value === undefined ? "None" : `${value}`);
const answer = value => {
  const found = options.query ? jmespath.search(value, options.query) : value;
  if (options.output === "none" || found === null || found === undefined) return;
  if (options.output !== "tsv") console.log(JSON.stringify(found, null, 2));
  else for (const row of Array.isArray(found) ? found : [found]) console.log(Array.isArray(row) ? row.map(shown).join("\t") : shown(row));
};

const login = process.env.STANDIN_LOGIN;
if (login === "none") fail("Please run 'az login' to setup account.");
const subscription = "11111111-2222";
if (options.subscription && options.subscription !== subscription) fail(`Subscription '${options.subscription}' not found. Check the spelling and casing and try again.`);
if (verb !== "account show" && login === "ended") fail("AADSTS700082: The refresh token has expired due to inactivity. To re-authenticate, please run: az login");

const regions = { westeurope: "West Europe", swedencentral: "Sweden Central" };
const group = name => state.groups[name] ?? fail(`(ResourceGroupNotFound) Resource group '${name}' could not be found.`, 3);
const idOf = (where, type, name) => `/subscriptions/${subscription}/resourceGroups/${where}/providers/${type}/${name}`;

// What stands in a module: parameters, of which those with a default may be left away, and resources.
const read = path => {
  const text = readFileSync(path, "utf8");
  return {
    text,
    parameters: [...text.matchAll(/^param (\w+) \w+( = )?/gm)].map(([, name, value]) => ({ name, optional: value !== undefined })),
    outputs: [...text.matchAll(/^output (\w+) string/gm)].map(match => match[1]),
    resources: [...text.matchAll(/^resource \w+ '([^'@]+)@[^']+' = (?:if \((\w+)\) )?\{\n(?:  \w+: .*\n)*?  name: (.+)\n/gm)].map(([, type, condition, name]) => ({ type, condition, name: name.replace(/^'|'$/g, "") })),
  };
};
const given = (module, path) => {
  const values = Object.fromEntries(Object.entries(JSON.parse(readFileSync(path.replace(/^@/, ""), "utf8")).parameters).map(([name, { value }]) => [name, value]));
  const unknown = Object.keys(values).filter(name => !module.parameters.some(each => each.name === name));
  if (unknown.length > 0) fail(`InvalidTemplate: the template has no parameters '${unknown}'`);
  const missing = module.parameters.filter(each => !each.optional && values[each.name] === undefined).map(each => each.name);
  if (missing.length > 0) fail(`Missing input parameters: ${missing}`);
  return values;
};

const deployEnvironment = (where, folder, text) => {
  const path = join(folder, /module environment '(.+)'/.exec(text)[1]);
  const name = /^  name: '(.+)'\n  scope/m.exec(text)[1];
  const module = read(path);
  const application = /'aspire-deploy': '(.+)'/.exec(module.text)[1];
  const target = group(where);
  const values = module.outputs.map(name => (name === "AZURE_CONTAINER_REGISTRY_ENDPOINT" ? "crshop.azurecr.io" : `the ${name}`));
  if (failing.includes("environment")) {
    target.deployments[name] = { failed: [{ name: "cae-1", type: "Microsoft.App/managedEnvironments", code: "MaxNumberOfRegionalEnvironmentsInSubExceeded", message: "The subscription cannot have more than 1 environments." }] };
    changed();
    fail('{"status":"Failed","error":{"code":"DeploymentFailed"}}');
  }
  target.deployments[name] = { outputs: { values: { value: values } } };
  target.resources["Microsoft.App/managedEnvironments/cae-1"] ??= { type: "Microsoft.App/managedEnvironments", name: "cae-1", tags: { "aspire-deploy": application } };
  target.resources["Microsoft.ContainerRegistry/registries/crshop"] ??= { type: "Microsoft.ContainerRegistry/registries", name: "crshop", tags: { "aspire-deploy": application } };
};

const deployModule = (where, name, module, values) => {
  const target = group(where);
  if (failing.includes(name) && !module.resources.some(each => each.type === "Microsoft.App/jobs")) {
    target.deployments[name] = { failed: [{ name, type: "Microsoft.App/containerApps", code: "InvalidParameterValueInContainerTemplate", message: "The following field(s) are either invalid or missing." }] };
    changed();
    fail('{"status":"Failed","error":{"code":"DeploymentFailed"}}');
  }
  target.deployments[name] = { outputs: module.outputs.includes("host") ? { host: { value: `${name}.private.example` } } : {} };
  const application = /'aspire-deploy': '(.+)'/.exec(module.text)[1];
  for (const { type, condition, name: own } of module.resources) {
    if (type.split("/").length !== 2 || (condition && values[condition] === false)) continue;
    const key = `${type}/${own}`;
    const resource = (target.resources[key] ??= { type, name: own, tags: { "aspire-deploy": application }, revisions: [], executions: [] });
    const made = JSON.stringify([module.text, values]);
    if (type === "Microsoft.App/containerApps" && resource.made !== made) resource.revisions.push({ name: `${own}--${resource.revisions.length + 1}`, ready: !unready.includes(own) && !broken.includes(own), broken: broken.includes(own) });
    if (resource.made !== made) state.changes++;
    Object.assign(resource, { made, values });
  }
  keep();
};

const rest = () => {
  const [path] = options.url.split("?");
  if (path.endsWith("/Microsoft.Authorization/permissions")) return { value: [{ actions: ["*"], notActions: [(process.env.STANDIN_ROLE ?? "")] }] };
  if (path.endsWith(`/subscriptions/${subscription}/locations`)) return { value: Object.entries(regions).map(([name, displayName]) => ({ name, displayName })) };
  const [, , , , where, , provider, kind, name, part, item, last] = path.split("/");
  const all = Object.values(group(where).resources).filter(each => each.type === `${provider}/${kind}`);
  const app = each => ({ name: each.name, properties: { latestRevisionName: each.revisions?.at(-1)?.name ?? null, latestReadyRevisionName: each.revisions?.filter(revision => revision.ready).at(-1)?.name ?? null, runningStatus: "Running", configuration: { ingress: { fqdn: `${each.name}.example.azurecontainerapps.io` } } } });
  if (!name) return { value: all.map(app) };
  const resource = all.find(each => each.name === name) ?? fail(`Not Found({"error":{"code":"ResourceNotFound","message":"The Resource '${provider}/${kind}/${name}' was not found."}})`);
  const revision = each => ({ name: each.name, properties: { active: true, replicas: 1, provisioningState: each.broken ? "Failed" : "Provisioned", runningState: each.ready ? "Running" : "Degraded", runningStateDetails: each.ready ? null : "Deployment Progress Deadline Exceeded. 0/1 replicas ready.", healthState: "Healthy" } });
  if (kind === "containerApps") return !part ? app(resource) : part === "revisions" && !item ? { value: resource.revisions.map(revision) } : last === "replicas" ? { value: [{ properties: { containers: [{ runningStateDetails: null }] } }] } : revision(resource.revisions.find(each => each.name === item));
  if (part === "start") {
    const fails = failing.includes(name);
    resource.executions.push({ name: `${name}-${resource.executions.length + 1}`, fails, asked: 0 });
    changed();
    return { name: resource.executions.at(-1).name };
  }
  const execution = each => ({ name: each.name, properties: { status: each.asked < 2 ? "Running" : each.fails ? "Failed" : "Succeeded", startTime: "2026-12-01T00:00:00Z", endTime: null } });
  if (!item) {
    const all = resource.executions.map(execution);
    for (const each of resource.executions) each.asked++;
    keep();
    return { value: all };
  }
  const one = resource.executions.find(each => each.name === item);
  one.asked++;
  keep();
  return execution(one);
};

const commands = {
  "account show": () => answer(login === "nosubscription" ? { id: "t", name: "N/A(tenant level account)" } : { id: subscription, name: "Acme" }),
  "group exists": () => answer(options.name in state.groups),
  "group show": () => answer({ name: options.name, ...group(options.name) }),
  "group delete": () => {
    group(options.name);
    delete state.groups[options.name];
    changed();
  },
  "deployment sub create": () => {
    const module = read(options["template-file"]);
    const { groupName, makesGroup, location } = given(module, options.parameters);
    begin(options.name);
    if (makesGroup) state.groups[groupName] = { location, tags: { "aspire-deploy": /'aspire-deploy': '(.+)'/.exec(module.text)[1] }, deployments: {}, resources: {} };
    deployEnvironment(groupName, dirname(options["template-file"]), module.text);
    changed();
  },
  "deployment sub what-if": () => {
    given(read(options["template-file"]), options.parameters);
    console.log("Resource changes: 1 to create.");
  },
  "deployment group create": () => {
    const module = read(options["template-file"]);
    begin(options.name);
    if ((process.env.STANDIN_INVALID ?? "") === options.name) fail('{"code": "InvalidTemplateDeployment", "message": "The template deployment is not valid according to the validation procedure."}');
    deployModule(options["resource-group"], options.name, module, given(module, options.parameters));
  },
  "deployment group what-if": () => {
    given(read(options["template-file"]), options.parameters);
    console.log(`Resource changes of ${options["template-file"]}: 1 to modify.`);
  },
  "deployment group show": () => answer({ properties: group(options["resource-group"]).deployments[options.name] ?? fail(`(DeploymentNotFound) Deployment '${options.name}' could not be found.`, 3) }),
  "deployment operation group list": () => answer((group(options["resource-group"]).deployments[options.name]?.failed ?? []).map(({ name, type, code, message }) => ({ properties: { provisioningState: "Failed", targetResource: { resourceName: name, resourceType: type }, statusMessage: { error: { code, message } } } }))),
  "provider show": () => {
    const types = ["managedEnvironments", "flexibleServers", "redisEnterprise"];
    answer({ resourceTypes: types.map(resourceType => ({ resourceType, locations: process.env.STANDIN_LACKING === resourceType ? ["Sweden Central"] : Object.values(regions) })) });
  },
  "resource list": () => {
    const where = options["resource-group"];
    answer(Object.values(group(where).resources).filter(each => !options["resource-type"] || each.type === options["resource-type"]).map(({ type, name, tags }) => ({ id: idOf(where, type, name), type, name, tags })));
  },
  "resource delete": () => {
    const [, , , , where, , provider, kind, name] = options.ids.split("/");
    delete group(where).resources[`${provider}/${kind}/${name}`];
    changed();
  },
  "acr login": () => {},
  // The docker beside it notes what it pushes.
  "acr repository show": () => answer(existsSync(join(dirname(place), "pushed")) && readFileSync(join(dirname(place), "pushed"), "utf8").split("\n").includes(options.image) ? { digest: `sha256:${Buffer.from(options.image).toString("hex")}` } : fail("The resource cannot be found.")),
  rest: () => answer(rest()),
};
commands[verb]();
