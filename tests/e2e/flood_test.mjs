// @ts-check
// Silent connections, more than there are descriptors: others are answered, the ledger keeps its files.
// usage: node flood_test.mjs PROGRAMS SANDBOX
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import net from "node:net";
import { startNode } from "./start_node.mjs";

const filesAllowed = 600;
const [programs, sandbox] = process.argv.slice(2);
const { child, address } = startNode(programs, sandbox, { filesAllowed });
const { hostname, port } = new URL(await address);
/** @type {net.Socket[]} */
const silent = [];
try {
    for (let i = 0; i < filesAllowed + 100; ++i) {
        const socket = net.connect(Number(port), hostname);
        socket.on("error", () => {});
        silent.push(socket);
        await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
    }
    for (let i = 0; i < 5; ++i) {
        // Less than the 10 s after which the silent ones are closed anyway.
        const response = await fetch(new URL("/healthz", await address), { signal: AbortSignal.timeout(5_000) });
        assert.equal(response.status, 200);
    }
    const open = readdirSync(`/proc/${child.pid}/fd`).length;
    assert.ok(open > 200, `only ${open} files are open: is this a flood?`);
    assert.ok(open < filesAllowed - 200, `${open} of ${filesAllowed} files are open`);
    console.log(`${silent.length} silent connections: answered, ${open} of ${filesAllowed} files open`);
} finally {
    for (const socket of silent) socket.destroy();
    child.kill();
}
