#include "redact/validators.hpp"

namespace fieldnote::redact::validate {

bool luhn(std::string_view span) {
  int sum = 0, count = 0;
  bool differ = false;
  char last = 0;
  for (std::size_t i = span.size(); i-- > 0;) {
    const char c = span[i];
    if (c < '0' || c > '9') continue;
    const int digit = c - '0';
    const int twice = 2 * digit;
    sum += count % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    differ = differ || (count > 0 && c != last);
    last = c;
    ++count;
  }
  return count >= 12 && count <= 19 && differ && sum % 10 == 0;
}

}  // namespace fieldnote::redact::validate
