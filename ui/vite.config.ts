/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Answers `/call/*` during development from the invented household of the unit tests, so that a screen can be
 * drawn without building the backend: `FAKE=1 npm run dev`. Never part of a build.
 */
function fakeHost(): Plugin {
  return {
    name: "fake-host",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/call", async (request, response) => {
        const { answerCall } = await server.ssrLoadModule("/src/test/fake.ts");
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const name = (request.url ?? "/").slice(1);
        const { status, body } = await answerCall(name, JSON.parse(Buffer.concat(chunks).toString() || "{}"));
        response.statusCode = status;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(body));
      });
    },
  };
}

const fake = process.env.FAKE === "1";

export default defineConfig({
  plugins: fake ? [react(), fakeHost()] : [react()],
  base: "./",
  build: {
    target: ["chrome109", "safari16"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    strictPort: true,
    ...(fake ? {} : { proxy: { "/call": process.env.ANSINH_HOST ?? "http://127.0.0.1:8787" } }),
  },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { width: 1366, height: 768 } },
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    // A failing test says what is missing, not the whole page.
    env: { DEBUG_PRINT_LIMIT: "0" },
  },
});
