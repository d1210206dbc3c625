// One bundle: age(zstd(JSON Lines)), a header line, event lines, a signature line
// (manifest/schema/bundle.schema.json).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/asked_back.hpp"
#include "model/ledger.hpp"
#include "platform/byte_stream.hpp"
#include "seal/digest.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_recipient.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct BundleContent {
  std::int64_t n = 0;
  std::optional<seal::Digest> previous;  // SHA-256 of the bundle before
  spool::Terms terms;
  std::string week;  // ISO 8601
  std::int64_t events = 0;
  model::Ledger ledger;
  std::string lines;                     // event lines, each with its line feed
  bool synthetic = false;                // nobody did this work
  std::vector<spool::Task> tasks;        // those that the events cite
  std::optional<model::AskedBack> asks;  // for what was sealed before, back
};

// Writes the bundle to `sink`; memory grows with the lines, which the sealer keeps below a few MiB.
[[nodiscard]] Result<void> write_bundle(platform::ByteSink& sink, const BundleContent& content,
                                        const seal::ParticipantKey& key,
                                        std::span<const seal::X25519Recipient> recipients);

}  // namespace fieldnote::recorder
