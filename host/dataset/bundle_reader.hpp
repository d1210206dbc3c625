// Opens a bundle on the organisation's side and believes nothing of it before its signature was
// checked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "model/ledger.hpp"
#include "platform/file.hpp"
#include "seal/digest.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::dataset {

enum class BundleError { not_a_bundle = 1, bad_signature, newer_schema, too_large };
[[nodiscard]] boost::system::error_code make_error_code(BundleError error);

struct Bundle {
  seal::Digest digest;  // of the file
  seal::ParticipantPublicKey participant;
  std::int64_t n = 0;
  std::optional<seal::Digest> previous;
  std::int64_t events = 0;
  model::Ledger ledger;
  std::string lines;  // event lines, each with its line feed
};

// What one bundle may hold when opened; the sealer stays far below.
inline constexpr std::size_t max_bundle_text = 64 << 20;

// From the text of a bundle that was opened; all but the digest of the file.
[[nodiscard]] Result<Bundle> parse_bundle(std::string text);

[[nodiscard]] Result<Bundle> read_bundle(const platform::fs::path& file,
                                         std::span<const seal::X25519Identity> identities);

}  // namespace fieldnote::dataset

template <>
struct boost::system::is_error_code_enum<fieldnote::dataset::BundleError> : std::true_type {};
