// What can be wrong with sealed data and with keys. Each value is one thing that a caller can act
// upon; the sentence beside it says what, where and what to do, and never contains a secret.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>
#include <type_traits>

#include "platform/error.hpp"

namespace fieldnote::seal {

enum class SealError {
  bad_base64 = 1,    // not canonical base64
  bad_bech32,        // not Bech32
  bad_key,           // not a key of the kind that was asked for
  bad_digest,        // not 64 hex digits
  no_recipients,     // a file that nobody could open was asked for
  bad_armor,         // begins as armor and breaks its rules
  bad_header,        // not an age v1 header
  bad_mac,           // the header is not the one that was written
  no_match,          // a good header, and none of the keys at hand opens it
  bad_payload,       // the payload is damaged, cut short or goes on after its end
  bad_compression,   // not zstd, or cut short
  bad_held,          // held data that this device key and this place did not seal
  key_file_refused,  // a key file that others could read or change, or of the wrong size
};

[[nodiscard]] const boost::system::error_category& seal_category() noexcept;
[[nodiscard]] boost::system::error_code make_error_code(SealError error) noexcept;
[[nodiscard]] Error seal_error(SealError error, std::string sentence);

}  // namespace fieldnote::seal

template <>
struct boost::system::is_error_code_enum<fieldnote::seal::SealError> : std::true_type {};
