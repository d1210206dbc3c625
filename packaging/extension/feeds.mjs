// What browsers ask now and then to learn of a new version.

import { createHash } from "node:crypto";

/** Chromium's kin: an update manifest, protocol 2.0. */
export const chromiumFeed = ({ id, version, feed }) => `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}"><updatecheck codebase="${feed}/fieldnote.crx" version="${version}"/></app>
</gupdate>
`;

/** Firefox. The hash is of the file that is served: of the one that Mozilla has signed. */
export const firefoxFeed = ({ id, version, feed, xpi }) =>
  `${JSON.stringify(
    {
      addons: {
        [id]: {
          updates: [
            {
              version,
              update_link: `${feed}/fieldnote.xpi`,
              update_hash: `sha256:${createHash("sha256").update(xpi).digest("hex")}`,
            },
          ],
        },
      },
    },
    null,
    2,
  )}\n`;
