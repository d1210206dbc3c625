// How a placeholder is spelled: <EMAIL_2>; <PAYMENT_CARD> without a number where one would tell too
// much; <TEXT_7 EMAIL_2 PAYMENT_CARD> where a masked text has others in it.
#pragma once

#include <cstddef>
#include <string_view>

namespace fieldnote::redact {

// The length of the placeholder that `text` begins with; 0 where it begins with none.
[[nodiscard]] std::size_t placeholder_length(std::string_view text);

}  // namespace fieldnote::redact
