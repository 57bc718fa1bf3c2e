// A stand-in for the docker command on a swarm's manager, where nodes go down: keeps nodes, services and tasks in the file that STANDIN_DOCKER names. What runs on a node that is down goes on
// being called running, as the real one does. What is in a stack's file, other tests read; its image, replicas, mode and place are enough here.
const { readFileSync, writeFileSync } = require("node:fs");

const place = process.env.STANDIN_DOCKER;
const state = JSON.parse(readFileSync(place, "utf8"));

const valued = new Set(["--format", "--filter", "--resolve-image", "--compose-file", "--label-add", "--label-rm", "--tail"]);
const options = {};
const words = [];
const files = [];
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word[0] !== "-") words.push(word);
  else {
    options[word] = valued.has(word) ? process.argv[++i] : true;
    if (word === "--compose-file") files.push(options[word]);
  }
}
const fail = message => {
  console.error(message);
  process.exit(1);
};
const keep = () => writeFileSync(place, JSON.stringify(state));
const changed = () => {
  state.changes++;
  keep();
};
const print = lines => {
  if (lines.length > 0) console.log(lines.join("\n"));
};
const nodeOf = id => state.nodes.find(each => each.id === id);
const isUp = id => nodeOf(id)?.state === "ready";
const serviceNamed = name => state.services[name] ?? fail(`Error: No such service: ${name}`);
const first = (text, pattern) => text.match(pattern)?.[1];

// What stops does so after it was asked for a few times, each a second; what is on a node that is down never says so.
const asked = () => {
  for (const task of state.tasks.filter(each => each.desired !== "Running" && each.state === "Running" && isUp(each.node))) {
    if (--task.remaining <= 0) task.state = "Shutdown";
  }
  state.tasks = state.tasks.filter(each => each.desired !== "Remove" || each.state === "Running");
  keep();
};
const start = (name, service, slot) => {
  const ready = state.nodes.filter(each => each.state === "ready" && (!service.onData || Object.keys(each.labels).length > 0));
  const running = state.tasks.filter(each => each.volume === service.volume && service.volume && each.state === "Running" && isUp(each.node));
  if (running.length > 0) state.together.push(`${service.volume}: ${running[0].service} and ${name}`);
  state.tasks.unshift({
    service: name, node: ready.length === 0 ? "" : ready[slot % ready.length].id, image: service.image, volume: service.volume, stops: service.stops,
    desired: service.job ? "Complete" : "Running", state: ready.length === 0 ? "Pending" : service.job ? "Complete" : "Running",
  });
};
const stop = (name, desired) => {
  for (const task of state.tasks.filter(each => each.service === name && each.desired !== desired)) Object.assign(task, { desired, remaining: state.slow.includes(name) ? 5 : 1 });
};

// One after the other, which is enough to see that all of them count.
const merged = () => files.map(path => readFileSync(path, "utf8")).join("");

const commands = {
  "version": () => console.log("28.0.0"),
  "info": () => console.log(options["--format"].includes("NodeID") ? state.nodes[0].id : "active true"),
  "node ls": () => print(state.nodes.filter(each => !options["--filter"] || each.labels[first(options["--filter"], /node\.label=(.+)=true/)]).map(each => each.id)),
  "node inspect": ids => print(ids.map(id => `${id}|${nodeOf(id).name}|${nodeOf(id).state}|${Object.values(nodeOf(id).labels)[0] ?? ""}|${nodeOf(id).availability ?? "active"}`)),
  "node update": ([id]) => {
    if (options["--label-add"]) nodeOf(id).labels[options["--label-add"].split("=")[0]] = "true";
    else delete nodeOf(id).labels[options["--label-rm"]];
    changed();
  },
  "stack config": () => console.log(merged()),
  "stack deploy": ([stack]) => {
    const text = merged();
    const name = `${stack}_${first(files[0], /stack\.(.+)\.yaml/)}`;
    const service = {
      content: process.env.ASPIREDEPLOY_STACK_CONTENT, image: first(text, /^ +image: "?([^"\n]+?)"?$/m), job: text.includes("mode: replicated-job"), replicas: Number(first(text, /^ +replicas: (\d+)$/m)),
      onData: text.includes("constraints:"), volume: first(text, /^ +- type: volume\n +source: (.+)$/m),
    };
    stop(name, "Shutdown");
    asked();
    const update = state.services[name] ? "completed" : "";
    state.services[name] = { ...service, update };
    for (let i = 0; i < service.replicas; i++) start(name, service, i);
    changed();
  },
  "stack ps": ([stack]) => {
    asked();
    const tasks = state.tasks.filter(each => each.service.startsWith(`${stack}_`));
    if (tasks.length === 0) fail(`nothing found in stack: ${stack}`);
    print(tasks.map(each => `${each.node}|${each.desired}|${each.image}|${each.state} 5 seconds ago`));
  },
  "stack rm": ([stack]) => {
    for (const name of Object.keys(state.services).filter(each => each.startsWith(`${stack}_`))) {
      stop(name, "Remove");
      delete state.services[name];
    }
    changed();
  },
  "service inspect": ([name]) => {
    const service = serviceNamed(name);
    console.log(options["--format"].includes("Labels") ? service.content : options["--format"].includes("UpdateStatus") ? service.update : service.job ? "" : service.replicas);
  },
  "service ps": ([name]) => {
    serviceNamed(name);
    asked();
    const desired = first(options["--filter"] ?? "", /desired-state=(.+)/);
    print(state.tasks.filter(each => each.service === name && (!desired || each.desired.toLowerCase() === desired)).map(each => options["--format"].includes(".Node") ? `${each.node}|${each.state} 5 seconds ago` : each.state));
  },
  "service ls": () => print(Object.keys(state.services)),
  "service rm": ([name]) => {
    serviceNamed(name);
    stop(name, "Remove");
    delete state.services[name];
    changed();
  },
  "service scale": () => {},
  "service logs": () => {},
  "network ls": () => {},
  "network inspect": () => console.log(state.scope ?? "swarm"),
  "ps": () => {},
  "volume ls": () => {},
  "volume inspect": () => fail("no such volume"),
  "secret ls": () => {},
  "config ls": () => {},
};

const name = commands[words[0]] ? words.slice(0, 1) : words.slice(0, 2);
const command = commands[name.join(" ")] ?? fail(`The stand-in has no docker ${words.join(" ")}.`);
command(words.slice(name.length));
