//! The browser journeys: the built interface and the real casework over loopback, in the Chromium of the system.

import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const here = fileURLToPath(new URL(".", import.meta.url));
const host = process.env.ANSINH_WEBHOST ?? join(here, "../target/debug/ansinh-webhost");
const chromium = process.env.ANSINH_CHROMIUM ?? "/usr/bin/chromium";
// Two runs at once on one machine need ports of their own.
const port = Number(process.env.ANSINH_PORT ?? 8791);
const ports = { sample: port, empty: port + 1 };
const emptyFolder = join(tmpdir(), `ansinh-first-run-${process.pid}`);

function webhost(port: number, flags: string) {
  return {
    command: `exec "${host}" ${flags} --port ${port} --ui "${join(here, "dist")}"`,
    url: `http://127.0.0.1:${port}/`,
    cwd: here,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 2_000 },
  };
}

export default defineConfig({
  testDir: "../tests/browser",
  outputDir: "../tests/output/browser",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${ports.sample}`,
    locale: "vi-VN",
    viewport: { width: 1366, height: 768 },
    screenshot: "only-on-failure",
    launchOptions: { executablePath: chromium, args: ["--no-sandbox"] },
  },
  projects: [
    { name: "sample", testIgnore: ["first-run.spec.ts", "pictures.spec.ts"] },
    {
      name: "first run",
      testMatch: "first-run.spec.ts",
      use: { baseURL: `http://127.0.0.1:${ports.empty}` },
    },
    // Draws the pictures of the guide; no test.
    ...(process.env.ANSINH_PICTURES ? [{ name: "pictures", testMatch: "pictures.spec.ts" }] : []),
  ],
  webServer: [webhost(ports.sample, "--sample"), webhost(ports.empty, `--data "${emptyFolder}"`)],
});
