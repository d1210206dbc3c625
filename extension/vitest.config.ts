import { defineConfig } from "vitest/config";
import { forVite } from "./field_words.mjs";

export default defineConfig({
  plugins: [forVite],
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
