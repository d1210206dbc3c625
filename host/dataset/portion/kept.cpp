#include "dataset/portion/kept.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "platform/random.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

constexpr std::size_t salt_size = 32;
constexpr const char* head_name = "head";
constexpr std::string_view suffix = ".portion";

// The salt, then the digest of the work.
using Head = std::array<std::byte, salt_size + sizeof(seal::Digest::bytes)>;

std::optional<Head> read_head(const fs::path& path) {
  const auto text = platform::read_all(path, sizeof(Head));
  Head head{};
  if (!text || text->size() != head.size()) return std::nullopt;
  std::memcpy(head.data(), text->data(), head.size());
  return head;
}

bool is_of(const Head& head, const seal::Digest& work) {
  return std::equal(work.bytes.begin(), work.bytes.end(), head.begin() + salt_size);
}

// The work as this build of the program does it. Another build of the same version may make other
// rows; its file has another size or date. Where that cannot be told, it is another each time.
seal::Digest by_this_program(const seal::Digest& work) {
  std::array<std::int64_t, 3> facts{};
  struct stat file {};
  if (::stat("/proc/self/exe", &file) == 0)
    facts = {file.st_size, file.st_mtim.tv_sec, file.st_mtim.tv_nsec};
  else
    platform::fill_random(std::as_writable_bytes(std::span(facts)));
  seal::Sha256 digest;
  digest.update(work.bytes);
  digest.update(std::as_bytes(std::span(facts)));
  return digest.finish();
}

}  // namespace

bool Kept::is_in(const fs::path& unfinished) {
  std::error_code failed;
  for (fs::directory_iterator at(unfinished / folder_name, failed), end; !failed && at != end;
       at.increment(failed))
    if (at->path().extension() == suffix) return true;
  return false;
}

Result<Kept> Kept::open(const fs::path& unfinished,
                        std::span<const seal::X25519Identity> identities,
                        const seal::Digest& asked) {
  const seal::Digest work = by_this_program(asked);
  const fs::path folder = unfinished / folder_name;
  const bool was_there = is_in(unfinished);
  std::optional<Head> head = read_head(folder / head_name);
  const bool goes_on = was_there && head && is_of(*head, work);
  if (!goes_on) {
    std::error_code failed;
    fs::remove_all(folder, failed);
    if (!failed) fs::create_directory(folder, failed);
    if (failed) return os_error(failed.value(), folder.string());
    head.emplace();
    platform::fill_random(std::span(*head).first(salt_size));
    std::copy(work.bytes.begin(), work.bytes.end(), head->begin() + salt_size);
    auto file = platform::DurableFile::create(folder / head_name, 0600);
    if (!file) return file.error();
    if (auto written = file->write(*head); !written) return written.error();
    if (auto done = file->commit(); !done) return done.error();
  }
  Kept kept(folder, KeptKey(identities, std::span(*head).first(salt_size), work));
  kept.was_there_ = was_there;
  return kept;
}

bool Kept::has(std::size_t number) const {
  auto portion = read(number);
  if (portion && portion->is_whole()) return true;
  std::error_code ignored;
  fs::remove(path_of(number), ignored);
  return false;
}

KeyedHash::Key Kept::key_of_names() const {
  const seal::Key32 long_one = key_.of("names");
  KeyedHash::Key key{};
  std::copy_n(long_one.bytes().begin(), key.size(), key.begin());
  return key;
}

Result<void> Kept::remove() const {
  std::error_code failed;
  fs::remove_all(folder_, failed);
  return failed ? Result<void>(os_error(failed.value(), folder_.string())) : Result<void>();
}

fs::path Kept::path_of(std::size_t number) const {
  return folder_ / (std::to_string(number) + std::string(suffix));
}

}  // namespace fieldnote::dataset
