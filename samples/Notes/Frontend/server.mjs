import { createServer } from "node:http";

const escaped = (text) => text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);

const server = createServer(async (request, response) => {
  if (request.url === "/health") return response.end("healthy");
  try {
    const notes = await (await fetch(`${process.env.API_URL}/notes`)).json();
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Notes</title><h1>Notes</h1><ul>${notes.map((note) => `<li>${escaped(note)}`).join("")}</ul>`);
  } catch {
    response.writeHead(502).end("The API doesn't answer.");
  }
});

server.listen(3000);
process.on("SIGTERM", () => server.close(() => process.exit()));
