#include "channel/protocol.hpp"

#include <string>

namespace fieldnote::channel {
namespace {

class Category final : public boost::system::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fieldnote.protocol"; }
  [[nodiscard]] std::string message(int value) const override {
    for (const ProtocolErrorFacts& facts : protocol_errors)
      if (static_cast<int>(facts.number) == value) return std::string(facts.name);
    return "unknown";
  }
};

}  // namespace

boost::system::error_code make_error_code(ProtocolError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

}  // namespace fieldnote::channel
