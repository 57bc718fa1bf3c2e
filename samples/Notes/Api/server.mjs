import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const notes = [];

const server = createServer(async (request, response) => {
  if (request.url === "/health") {
    response.end("healthy");
  } else if (request.url === "/notes" && request.method === "POST") {
    notes.push(await text(request));
    response.writeHead(201).end();
  } else if (request.url === "/notes") {
    response.setHeader("content-type", "application/json").end(JSON.stringify(notes));
  } else {
    response.writeHead(404).end();
  }
});

server.listen(3000);
process.on("SIGTERM", () => server.close(() => process.exit()));
