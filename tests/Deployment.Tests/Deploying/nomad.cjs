// A stand-in for the nomad command, where there is no Nomad: keeps jobs, their allocations, variables and volumes in a file. What is in a job's file, other tests read; its names, type,
// count, ports and volumes are enough here.
// STANDIN_NOMAD names that file. What goes wrong, each a list of tasks: STANDIN_FAILING end with an error, STANDIN_SLOW stop only when they have been asked for five times, STANDIN_WAITING
// wait for others without end, STANDIN_UNCHECKED fail their check, STANDIN_REFUSED may not be run; STANDIN_TAKEN is a list of ports that clients have given away, STANDIN_DENIED one of
// commands that the token may not give ("job status"), and STANDIN_NAMESPACES are the namespaces that there are. It takes the options that Nomad 2.0.6 has for each command and no other,
// and like that one it reads them up to the first word that is none.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");

const place = process.env.STANDIN_NOMAD;
const listed = name => (process.env[`STANDIN_${name}`] ?? "").split(",").filter(each => each);
const [failing, slow, waiting, unchecked, refused, taken, denied] = ["FAILING", "SLOW", "WAITING", "UNCHECKED", "REFUSED", "TAKEN", "DENIED"].map(listed);
const state = place && existsSync(place) ? JSON.parse(readFileSync(place, "utf8")) : { jobs: {}, allocations: [], variables: {}, volumes: [], together: [], changes: 0 };

const fail = (message, code = 1) => {
  console.error(message);
  process.exit(code);
};

// What each command takes (hashicorp/nomad 2.0.6, command/*.go); one with a value of its own ends in "=".
const known = {
  "alloc checks": "json t= verbose", "alloc logs": "c= f group= job n= stderr stdout tail task= verbose", "alloc status": "json short stats t= ui verbose",
  "job allocs": "all json t= verbose", "job deployments": "all json latest t= verbose", "job inspect": "hcl json t= version= with-vars",
  "job plan": "diff hcl2-strict json json-output policy-override t= var= var-file= verbose", "job run": "check-index= detach eval-priority= json output policy-override preserve-counts preserve-resources ui var= var-file= verbose",
  "job scale": "check-index= detach verbose", "job status": "all-allocs evals json short t= ui verbose", "job stop": "detach eval-priority= global no-shutdown-delay purge verbose yes",
  "job validate": "hcl2-strict json var= var-file=", "namespace list": "json t=", "node status": "allocs filter= json os page-token= per-page= quiet self short stats t= ui verbose",
  "var get": "item= out= template= ui", "var purge": "check-index=", "var put": "check-index= force in= out= template= ui verbose",
  "volume create": "detach id= policy-override verbose", "volume delete": "force secret= type=", "volume status": "json node= node-pool= short t= type= verbose",
};
const verb = process.argv.slice(2, 4).join(" ");
const takes = new Set([...(known[verb] ?? fail(`The stand-in has no nomad ${verb}.`)).split(" "), "namespace="].map(each => `-${each}`));
const options = {};
let words = process.argv.slice(4);
while (words.length > 0 && words[0] !== "-" && words[0][0] === "-") {
  const [option] = words.splice(0, 1);
  if (takes.has(`${option}=`)) [options[option]] = words.splice(0, 1);
  else if (takes.has(option)) options[option] = true;
  else fail(`flag provided but not defined: ${option}`);
}
if (denied.includes(verb)) fail(`Error: Unexpected response code: 403 (Permission denied)`, verb === "job plan" ? 255 : 1);
const keep = () => writeFileSync(place, JSON.stringify(state));
const changed = () => {
  state.changes++;
  keep();
};

const valuesOf = (text, pattern) => [...text.matchAll(pattern)].map(match => match[1]);
const read = path => {
  const body = readFileSync(path, "utf8");
  const [name] = valuesOf(body, /^job "(.+)" \{$/gm);
  return {
    name, body, batch: valuesOf(body, /^  type += "(.+)"$/gm)[0] === "batch", task: valuesOf(body, /^    task "(.+)" \{$/gm).find(each => each !== "wait"),
    count: Number(valuesOf(body, /^    count += (\d+)$/gm)[0]), ports: valuesOf(body, /^ +static += (\d+)$/gm), volumes: valuesOf(body, /^      source += "(.+)"$/gm),
  };
};

// As nomad does, it takes the beginning of a name where there is no such job.
const jobNamed = name => state.jobs[named(name)];
const named = name => (state.jobs[name] ? name : Object.keys(state.jobs).find(each => each.startsWith(name))) ?? fail(`No job(s) with prefix or ID "${name}" found`);
const unfinished = ({ status }) => status === "running" || status === "pending";

// What stops does so a while after it was told to: each time that somebody asks is a second.
const asked = () => {
  for (const each of state.allocations.filter(each => each.desired === "stop" && unfinished(each))) {
    if (--each.remaining <= 0) each.status = "complete";
  }
  keep();
};
const end = allocation => {
  Object.assign(allocation, { desired: "stop", remaining: slow.includes(allocation.task) ? 5 : 1 });
  if (!slow.includes(allocation.task)) allocation.status = "complete";
};
const start = (job, { task, volumes, batch, fails, count }, version) => {
  for (const each of state.allocations.filter(each => each.job === job && each.desired === "run")) {
    // Nomad itself waits for the one that the new one takes the place of.
    end(each);
    each.status = "complete";
  }
  for (const volume of volumes) {
    for (const other of state.allocations.filter(each => unfinished(each) && each.volumes.includes(volume))) state.together.push(`${volume}: ${other.job} and ${job}`);
  }
  for (let i = 0; i < (batch ? 1 : count); i++)
    state.allocations.push({ id: `${state.allocations.length}`.padStart(8, "0") + "-0000", job, task, volumes, version, desired: "run", status: fails ? "failed" : batch ? "complete" : "running" });
};
const listOf = allocations => options["-t"].includes("JobVersion")
  ? allocations.map(({ version, status, id }) => `${version} ${status} ${id}`).reverse()
  : allocations.map(({ id, job, desired, status }) => `${id} ${job} ${desired} client-1 ${status}`);
const allocation = id => state.allocations.find(each => each.id === id) ?? fail(`No allocation(s) with prefix or id "${id}" found`);
const sleep = seconds => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);

const statusOf = name => console.log(`ID = ${name}\n${state.allocations.filter(each => each.job === name).map(each => each.status).join("\n")}`);

const commands = {
  "job validate": ([path]) => read(path).name ?? fail(`${path} has no job`),
  "job plan": ([path]) => {
    const { name, body } = read(path);
    const now = state.jobs[name]?.versions.at(-1)?.body;
    if (now === body) return;
    console.log(`${now ? "+/-" : "+"} Job: "${name}"`);
    process.exit(1);
  },
  "job run": ([path]) => {
    const { name, body, task, ...given } = read(path);
    if (refused.includes(task)) fail("Error submitting job: Unexpected response code: 403 (Permission denied)");
    const job = (state.jobs[name] ??= { versions: [], count: given.count });
    const port = given.ports.find(each => taken.includes(each));
    if (port) {
      console.log(`    Task Group "${task}" (failed to place 1 allocation):\n      * Resources exhausted on 1 nodes\n      * Dimension "network: reserved port collision ${process.env.STANDIN_LABEL}=${port}" exhausted on 1 nodes`);
      keep();
      sleep(600);
    }
    const count = options["-preserve-counts"] && job.versions.length > 0 ? job.count : given.count;
    if (job.versions.at(-1)?.body === body && job.count === count && !job.stopped) return;
    job.stopped = false;
    job.count = count;
    const fails = failing.includes(task);
    const hangs = waiting.includes(task) || unchecked.includes(task);
    job.versions.push({ ...given, body, task, fails: fails || hangs });
    start(name, { ...given, task, count, fails }, job.versions.length - 1);
    changed();
    if (hangs) sleep(8);
    // A service's update is undone by a version like the one before.
    if ((fails || hangs) && !given.batch && job.versions.length > 1) {
      job.versions.push({ ...job.versions.at(-2) });
      start(name, { ...job.versions.at(-1), count, fails: false }, job.versions.length - 1);
      changed();
    }
    if ((fails || hangs) && !given.batch) fail(`Deployment "${name}" failed`);
  },
  "job scale": ([name, , count]) => {
    Object.assign(jobNamed(name), { count: Number(count) });
    changed();
  },
  "job inspect": ([name]) => console.log(options["-t"] === "{{ .Version }}" ? jobNamed(name).versions.length - 1 : options["-t"].includes(".Count") ? jobNamed(name).count : named(name)),
  "job allocs": ([name]) => {
    asked();
    console.log(listOf(state.allocations.filter(each => each.job === (jobNamed(name) && named(name)))).join("\n"));
  },
  "job deployments": ([name]) => console.log(jobNamed(name).versions.map(({ fails }, index) => `${index} ${fails ? "failed" : "successful"}`).join("\n")),
  "job status": ([name]) => name ? statusOf(jobNamed(name) && name) : place ?? fail("Error querying jobs: connection refused"),
  "job stop": ([name]) => {
    if (named(name) !== name) fail("Failed to parse answer: EOF");
    // The command ends when the servers have decided, not when the clients have done it.
    for (const each of state.allocations.filter(each => each.job === name && each.desired === "run")) end(each);
    state.jobs[name].stopped = true;
    if (options["-purge"]) delete state.jobs[name];
    changed();
  },
  "alloc logs": ([id, task]) => console.log(task === "wait" ? "waits for cache healthy" : options["-stderr"] ? `${task}: no such table: items` : `${task}: opening the database`),
  "alloc status": ([id]) => {
    const { task } = allocation(id);
    if (options["-t"].includes("HostIP")) return console.log(`\n${process.env.STANDIN_ADDRESS}\n`);
    console.log(waiting.includes(task) ? `wait running | Started\n${task} pending | Received` : `wait dead | Terminated\n${task} running | Started`);
  },
  "alloc checks": ([id]) => console.log(unchecked.includes(allocation(id).task) ? `check ready is failure with ${process.env.STANDIN_ANSWER ?? "503: Unhealthy"}` : ""),
  "namespace list": () => console.log(`${listed("NAMESPACES").join(" ") || "default"} `),
  "node status": ([id]) => console.log(id ? process.env.STANDIN_CLIENT ?? "docker cni network:default network:private " : "c1"),
  "var put": ([path, ...given]) => {
    const items = given[0] === "-" ? JSON.parse(readFileSync(0, "utf8")).Items : Object.fromEntries(given.map(each => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));
    if (JSON.stringify(state.variables[path]) === JSON.stringify(items)) return;
    state.variables[path] = items;
    changed();
  },
  "var get": ([path]) => {
    const items = state.variables[path] ?? fail("Variable not found");
    if (options["-item"]) console.log(items[options["-item"]] ?? fail(`Variable does not contain "${options["-item"]}" item`));
  },
  "var purge": ([path]) => {
    delete state.variables[path];
    changed();
  },
  "volume status": ([id]) => {
    asked();
    console.log(id
      ? listOf(state.allocations.filter(each => unfinished(each) && each.volumes.includes(state.volumes[Number(id.slice(2))]))).join("\n")
      : ["ID Name", ...state.volumes.map((name, index) => `id${index} ${name}`)].join("\n"));
  },
  "volume create": ([path]) => {
    state.volumes.push(valuesOf(readFileSync(path, "utf8"), /^name += "(.+)"$/gm)[0]);
    changed();
  },
  "volume delete": ([id]) => {
    asked();
    const user = state.allocations.find(each => unfinished(each) && each.volumes.includes(state.volumes[Number(id.slice(2))]));
    if (user) fail(`Error deleting volume: volume ${id} in use by allocations: [${user.id}]`);
    state.volumes.splice(Number(id.slice(2)), 1);
    changed();
  },
};

commands[verb](words);
