// @ts-check
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

/**
 * Starts the node of a sandbox on a free port; `address` resolves once it serves.
 * @param {string} programs folder with libexec/tasdiq-node
 * @param {string} sandbox made by `tasdiq sandbox`
 * @param {{filesAllowed?: number}} [limits] how many files it may have open
 */
export function startNode(programs, sandbox, { filesAllowed } = {}) {
    const keys = path.join(sandbox, "keys");
    const nodeKeys = readdirSync(keys).filter((name) => name.endsWith("-node.key"));
    const limit = filesAllowed === undefined ? "" : `ulimit -n ${filesAllowed} && `;
    const child = spawn("sh", [
        "-c", `${limit}exec "$@"`, "sh", path.join(programs, "libexec/tasdiq-node"), "run",
        "--dir", path.join(sandbox, "node"), "--listen", "127.0.0.1:0", "--log-level", "error",
        "--publisher-key", path.join(keys, "publisher.key"),
        ...nodeKeys.flatMap((name) => ["--node-key", path.join(keys, name)]),
    ], { stdio: ["ignore", "pipe", "inherit"] });
    /** @type {Promise<string>} */
    const address = new Promise((resolve, reject) => {
        let said = "";
        child.stdout.on("data", (text) => {
            said += text;
            const found = said.match(/serving (http:\S+) \(test ledger/);
            if (found) resolve(found[1]);
        });
        child.on("exit", (code) => reject(new Error(`the node ended with ${code}`)));
    });
    return { child, address };
}
