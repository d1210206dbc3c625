// Opens a bundle on the organisation's side and believes nothing of it before its signature was
// checked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/asked_back.hpp"
#include "model/ledger.hpp"
#include "platform/file.hpp"
#include "seal/digest.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::dataset {

enum class BundleError { not_a_bundle = 1, bad_signature, newer_schema, too_large };
[[nodiscard]] boost::system::error_code make_error_code(BundleError error);

// What the person said they were doing, as far as they let it leave.
struct TaskOfBundle {
  std::string id;
  std::optional<std::string> words;
  bool own = false;
  std::optional<std::string> outcome;
};

// The first line of a bundle (manifest/schema/bundle.schema.json).
struct BundleHeader {
  seal::ParticipantPublicKey participant;
  std::int64_t n = 0;
  std::optional<seal::Digest> previous;
  std::int64_t events = 0;
  std::string organisation;
  std::string policy, notice, receipt;  // digests, as text
  std::string week;                     // ISO 8601, of the sealing
  unsigned min_participants = 0;
  bool synthetic = false;  // made by `fieldnote simulate`
  model::Ledger ledger;
  std::vector<TaskOfBundle> tasks;
  std::optional<model::AskedBack> asks;  // for what was sealed before it, back
};

struct Bundle : BundleHeader {
  seal::Digest digest;  // of the file
  std::string lines;    // event lines, each with its line feed
};

// What one bundle may hold when opened; the sealer stays far below.
inline constexpr std::size_t max_bundle_text = 64 << 20;

// From the text of a bundle that was opened; all but the digest of the file.
[[nodiscard]] Result<Bundle> parse_bundle(std::string text);

// What a bundle says of itself, read without the rest. Nothing vouches for it: it serves to put
// files in order before they are read.
[[nodiscard]] Result<BundleHeader> read_header(const platform::fs::path& file,
                                               std::span<const seal::X25519Identity> identities);

[[nodiscard]] Result<Bundle> read_bundle(const platform::fs::path& file,
                                         std::span<const seal::X25519Identity> identities);

// One that `read_bundle` took before, when the file had this digest: its signature fits still.
// Fails where the file is another one now.
[[nodiscard]] Result<Bundle> read_bundle_again(const platform::fs::path& file,
                                               std::span<const seal::X25519Identity> identities,
                                               const seal::Digest& digest);

}  // namespace fieldnote::dataset

template <>
struct boost::system::is_error_code_enum<fieldnote::dataset::BundleError> : std::true_type {};
