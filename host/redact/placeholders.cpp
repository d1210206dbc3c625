#include "redact/placeholders.hpp"

#include <algorithm>
#include <cstring>

namespace fieldnote::redact {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
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

bool is_separator(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
}

// What is written in groups of anybody's choice is compared without them.
bool is_written_in_groups(std::string_view label) {
  constexpr std::string_view labels[] = {"PHONE",  "IBAN",           "BANK_ACCOUNT", "BIC",
                                         "TAX_ID", "DRIVER_LICENCE", "VEHICLE",      "DEVICE_ID"};
  return std::find(std::begin(labels), std::end(labels), label) != std::end(labels);
}

std::string key_of(std::string_view form, std::string_view label) {
  std::string key(form);
  if (is_written_in_groups(label)) std::erase_if(key, is_separator);
  // "00" and "+" both lead an international number (ITU-T E.164).
  if (label == "PHONE" && key.starts_with("00")) key.replace(0, 2, "+");
  return key.empty() ? std::string(form) : key;
}

}  // namespace

std::pair<Placeholders::Entry*, bool> Placeholders::mask(std::string_view text,
                                                         std::string_view label, Search search) {
  form_.assign(text);
  const std::string_view form = trimmed(form_.text());
  if (form.empty()) return {nullptr, false};
  const auto [at, is_new] = entries_.try_emplace(key_of(form, label));
  Entry& entry = at->second;
  if (!is_new) {
    if (search == Search::everywhere) search_for(entry);
    return {&entry, false};
  }

  auto number = numbers_.find(label);
  if (number == numbers_.end()) number = numbers_.emplace(label, 0).first;
  entry.key = at->first;
  entry.name = std::string(label) + '_' + std::to_string(++number->second);
  entry.placeholder = '<' + entry.name + '>';
  bytes_ += 2 * entry.key.size() + 256;
  if (search == Search::everywhere) search_for(entry);
  return {&entry, true};
}

void Placeholders::search_for(Entry& entry) {
  if (entry.searched) return;
  entry.searched = true;
  if (entry.key.size() < least_echo || entry.key.size() > most_echo) return;
  const std::uint32_t word = beginning(entry.key.data());
  searched_.push_back(word);
  seen_[bit_of(word) / 64] |= std::uint64_t{1} << (bit_of(word) % 64);
  Bucket& bucket = by_beginning_[word];
  bucket.entries.insert(
      std::upper_bound(bucket.entries.begin(), bucket.entries.end(), &entry,
                       [](const Entry* a, const Entry* b) { return a->key < b->key; }),
      &entry);
  bucket.is_new = true;
}

const Placeholders::Entry* Placeholders::known(std::string_view text, std::string_view label) {
  form_.assign(text);
  const auto at = entries_.find(key_of(trimmed(form_.text()), label));
  return at == entries_.end() ? nullptr : &at->second;
}

bool Placeholders::may_begin(const char* at) const {
  const std::uint32_t bit = bit_of(beginning(at));
  return (seen_[bit / 64] >> (bit % 64) & 1) != 0;
}

// In sorted order, what an entry begins with stands before it, with only such between that begin
// with it too: a stack has them all.
void Placeholders::link(Bucket& bucket) {
  std::vector<Entry*> open;
  for (Entry* entry : bucket.entries) {
    while (!open.empty() && !entry->key.starts_with(open.back()->key)) open.pop_back();
    entry->within = open.empty() ? nullptr : open.back();
    open.push_back(entry);
  }
  bucket.is_new = false;
}

// The longest masked string that `text` begins with. It is the last in order that is not above
// `text`, or one that this one begins with.
const Placeholders::Entry* Placeholders::longest_at(std::string_view text) {
  const auto same = by_beginning_.find(beginning(text.data()));
  if (same == by_beginning_.end()) return nullptr;
  Bucket& bucket = same->second;
  if (bucket.is_new) link(bucket);
  const std::string_view most = text.substr(0, most_echo + 1);
  const auto above = std::upper_bound(
      bucket.entries.begin(), bucket.entries.end(), most,
      [](std::string_view value, const Entry* entry) { return value < entry->key; });
  if (above == bucket.entries.begin()) return nullptr;
  const Entry* entry = *(above - 1);
  const auto differ = std::mismatch(entry->key.begin(), entry->key.end(), most.begin(), most.end());
  const auto alike = static_cast<std::size_t>(differ.first - entry->key.begin());
  while (entry != nullptr && entry->key.size() > alike) entry = entry->within;
  return entry;
}

const std::vector<Placeholders::Echo>& Placeholders::echoes(std::string_view text) {
  echoes_.clear();
  if (by_beginning_.empty()) return echoes_;
  form_.assign(text);
  const std::string_view form = form_.text();
  for (std::size_t at = 0; at + least_echo <= form.size();) {
    const Entry* entry = may_begin(form.data() + at) ? longest_at(form.substr(at)) : nullptr;
    if (entry == nullptr) {
      ++at;
      continue;
    }
    echoes_.push_back({form_.original({at, at + entry->key.size()}), entry});
    at += entry->key.size();
  }
  return echoes_;
}

Placeholders::Beginnings Placeholders::beginnings_of(std::string_view text) {
  form_.assign(text);
  const std::string_view form = form_.text();
  Beginnings seen{};
  for (std::size_t at = 0; at + least_echo <= form.size(); ++at) {
    const std::uint32_t bit = bit_of(beginning(form.data() + at)) % 512;
    seen[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  return seen;
}

bool Placeholders::may_echo(const Beginnings& beginnings, std::size_t version) const {
  constexpr std::size_t most_compared = 64;
  if (searched_.size() - version > most_compared) return true;
  return std::any_of(searched_.begin() + static_cast<std::ptrdiff_t>(version), searched_.end(),
                     [&](std::uint32_t word) {
                       const std::uint32_t bit = bit_of(word) % 512;
                       return (beginnings[bit / 64] >> (bit % 64) & 1) != 0;
                     });
}

void Placeholders::clear() {
  by_beginning_.clear();
  entries_.clear();
  numbers_.clear();
  bytes_ = 0;
  searched_.clear();
  seen_.fill(0);
  form_ = {};
}

}  // namespace fieldnote::redact
