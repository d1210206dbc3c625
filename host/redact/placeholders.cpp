#include "redact/placeholders.hpp"

#include <algorithm>
#include <cstring>

namespace fieldnote::redact {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  const std::size_t from = text.find_first_not_of(space);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(space) - from + 1);
}

std::uint32_t beginning(const char* at) {
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Of 65,536 bits.
std::uint32_t bit_of(std::uint32_t word) {
  return (word * 0x9E3779B1U) >> 16;
}

}  // namespace

std::string_view Placeholders::mask(std::string_view text, std::string_view label) {
  const std::string_view key = trimmed(text);
  if (key.empty()) return {};
  const auto [at, is_new] = entries_.try_emplace(std::string(key));
  Entry& entry = at->second;
  if (!is_new) return entry.placeholder;

  auto number = numbers_.find(label);
  if (number == numbers_.end()) number = numbers_.emplace(label, 0).first;
  entry.text = key;
  entry.placeholder = '<' + std::string(label) + '_' + std::to_string(++number->second) + '>';
  bytes_ += 2 * key.size() + 128;
  if (key.size() >= least_echo && key.size() <= most_echo) {
    const std::uint32_t bit = bit_of(beginning(key.data()));
    seen_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    auto& same = by_beginning_[beginning(key.data())];
    same.insert(std::upper_bound(
                    same.begin(), same.end(), &entry,
                    [](const Entry* a, const Entry* b) { return a->text.size() > b->text.size(); }),
                &entry);
  }
  return entry.placeholder;
}

bool Placeholders::may_begin(const char* at) const {
  const std::uint32_t bit = bit_of(beginning(at));
  return (seen_[bit / 64] >> (bit % 64) & 1) != 0;
}

const Placeholders::Entry* Placeholders::entry_at(std::string_view text, std::size_t at) const {
  const auto same = by_beginning_.find(beginning(text.data() + at));
  if (same == by_beginning_.end()) return nullptr;
  for (const Entry* entry : same->second)
    if (text.substr(at).starts_with(entry->text)) return entry;
  return nullptr;
}

bool Placeholders::echoes(std::string_view text) const {
  if (by_beginning_.empty()) return false;
  for (std::size_t at = 0; at + least_echo <= text.size(); ++at)
    if (may_begin(text.data() + at) && entry_at(text, at) != nullptr) return true;
  return false;
}

std::string Placeholders::replace_echoes(std::string_view text) const {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const Entry* entry = at + least_echo <= text.size() ? entry_at(text, at) : nullptr;
    if (entry != nullptr) {
      out += entry->placeholder;
      at += entry->text.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

void Placeholders::clear() {
  by_beginning_.clear();
  entries_.clear();
  numbers_.clear();
  bytes_ = 0;
  seen_.fill(0);
}

}  // namespace fieldnote::redact
