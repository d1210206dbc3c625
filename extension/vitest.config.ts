import { defineConfig } from "vitest/config";
import { forVite } from "./field_words.mjs";

export default defineConfig({
  plugins: [forVite],
  // No test fails by a time: a crowded machine takes longer.
  test: { include: ["test/**/*.test.ts"], environment: "node", testTimeout: 120_000 },
});
