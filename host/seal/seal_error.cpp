#include "seal/seal_error.hpp"

#include <utility>

namespace fieldnote::seal {
namespace {

class SealCategory final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "fieldnote.seal"; }

  std::string message(int value) const override {
    switch (static_cast<SealError>(value)) {
      case SealError::bad_base64:
        return "not canonical base64";
      case SealError::bad_bech32:
        return "not Bech32";
      case SealError::bad_key:
        return "not a key of this kind";
      case SealError::bad_digest:
        return "not a digest";
      case SealError::no_recipients:
        return "no recipients";
      case SealError::bad_armor:
        return "damaged armor";
      case SealError::bad_header:
        return "not an age v1 header";
      case SealError::bad_mac:
        return "the header was changed";
      case SealError::no_match:
        return "no key opens this file";
      case SealError::bad_payload:
        return "damaged payload";
      case SealError::bad_compression:
        return "damaged compressed data";
      case SealError::bad_held:
        return "held data does not open";
      case SealError::key_file_refused:
        return "key file refused";
    }
    return "unknown error";
  }
};

}  // namespace

const boost::system::error_category& seal_category() noexcept {
  static const SealCategory category;
  return category;
}

boost::system::error_code make_error_code(SealError error) noexcept {
  return {static_cast<int>(error), seal_category()};
}

Error seal_error(SealError error, std::string sentence) {
  return {make_error_code(error), std::move(sentence)};
}

}  // namespace fieldnote::seal
