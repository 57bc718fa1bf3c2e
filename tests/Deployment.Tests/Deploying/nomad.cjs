// A stand-in for the nomad command, where there is no Nomad: keeps jobs, variables and volumes in a file. What is in a job's file, other tests read; its names and type are enough here.
// STANDIN_NOMAD names that file; STANDIN_FAILING the tasks that end with an error.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");

const place = process.env.STANDIN_NOMAD;
const failing = (process.env.STANDIN_FAILING ?? "").split(",");
const state = place && existsSync(place) ? JSON.parse(readFileSync(place, "utf8")) : { jobs: {}, variables: {}, volumes: [], changes: 0 };

// Options with a value of their own; every other one that begins with a hyphen is a switch.
const valued = new Set(["-type", "-in", "-out", "-item", "-t", "-n", "-namespace"]);
const options = {};
const words = [];
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word === "-" || word[0] !== "-") words.push(word);
  else options[word] = valued.has(word) ? process.argv[++i] : true;
}

const fail = message => {
  console.error(message);
  process.exit(1);
};
const changed = () => {
  state.changes++;
  writeFileSync(place, JSON.stringify(state));
};

const valuesOf = (text, pattern) => [...text.matchAll(pattern)].map(match => match[1]);
const read = path => {
  const body = readFileSync(path, "utf8");
  const [name] = valuesOf(body, /^job "(.+)" \{$/gm);
  return { name, body, batch: valuesOf(body, /^  type += "(.+)"$/gm)[0] === "batch", task: valuesOf(body, /^    task "(.+)" \{$/gm).find(each => each !== "wait") };
};

// As nomad does, it takes the beginning of a name where there is no such job.
const jobNamed = name => state.jobs[named(name)];
const named = name => (state.jobs[name] ? name : Object.keys(state.jobs).find(each => each.startsWith(name))) ?? fail(`No job(s) with prefix or ID "${name}" found`);
const allocationsOf = name => jobNamed(name).versions.map((version, index) => `${index} ${version.fails ? "failed" : version.batch ? "complete" : "running"} ${name}-${index}`);

const statusOf = name => console.log(`ID = ${name}\n${allocationsOf(jobNamed(name) && name).join("\n")}`);

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
    const { name, body, batch, task } = read(path);
    const job = (state.jobs[name] ??= { versions: [] });
    if (job.versions.at(-1)?.body === body) return;
    const fails = failing.includes(task);
    job.versions.push({ body, fails, batch });
    // A service's update is undone by a version like the one before.
    if (fails && !batch && job.versions.length > 1) job.versions.push({ ...job.versions.at(-2) });
    changed();
    if (fails && !batch) fail(`Deployment "${name}" failed`);
  },
  "job inspect": ([name]) => console.log(options["-t"] === "{{ .Version }}" ? jobNamed(name).versions.length - 1 : named(name)),
  "job allocs": ([name]) => console.log(allocationsOf(name).reverse().join("\n")),
  "job deployments": ([name]) => console.log(jobNamed(name).versions.map(({ fails }, index) => `${index} ${fails ? "failed" : "successful"}`).join("\n")),
  "job status": ([name]) => name ? statusOf(name) : place ?? fail("Error querying jobs: connection refused"),
  "job stop": ([name]) => {
    if (named(name) !== name) fail("Failed to parse answer: EOF");
    if (options["-purge"]) delete state.jobs[name];
    // Its last replica is still stopping.
    state.stopping = true;
    changed();
  },
  "alloc logs": ([, task]) => console.log(options["-stderr"] ? `${task}: no such table: items` : `${task}: opening the database`),
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
  "volume status": () => console.log(["ID Name", ...state.volumes.map((name, index) => `id${index} ${name}`)].join("\n")),
  "volume create": ([path]) => {
    state.volumes.push(valuesOf(readFileSync(path, "utf8"), /^name += "(.+)"$/gm)[0]);
    changed();
  },
  "volume delete": ([id]) => {
    if (state.stopping) {
      state.stopping = false;
      changed();
      fail(`Error deleting volume: volume ${id} in use by allocations: [0]`);
    }
    state.volumes.splice(Number(id.slice(2)), 1);
    changed();
  },
};

const command = commands[words.slice(0, 2).join(" ")] ?? fail(`The stand-in has no nomad ${words.slice(0, 2).join(" ")}.`);
command(words.slice(2));
