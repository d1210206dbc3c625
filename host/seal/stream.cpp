#include "seal/stream.hpp"

#include <algorithm>
#include <stdexcept>

#include "seal/buffered_source.hpp"
#include "seal/seal_error.hpp"

namespace fieldnote::seal {

AeadNonce ChunkCounter::nonce(bool final) const {
  AeadNonce nonce{};
  for (std::size_t i = 0; i < sizeof(count_); ++i)
    nonce[nonce.size() - 2 - i] = static_cast<std::byte>(count_ >> (8 * i));
  nonce.back() = final ? std::byte{1} : std::byte{0};
  return nonce;
}

StreamWriter::StreamWriter(platform::ByteSink& below, const Key32& key)
    : below_(below), sealer_(key), sealed_(sealed_chunk_size) {
  pending_.reserve(chunk_size);  // never grows, so that no plaintext is left behind in the heap
}

StreamWriter::~StreamWriter() {
  pending_.resize(pending_.capacity());
  wipe(pending_);
}

Result<void> StreamWriter::write(ByteView bytes) {
  if (finished_) throw std::logic_error("StreamWriter: write after finish");
  while (!bytes.empty()) {
    // A full chunk waits until more comes, because the final one is sealed differently.
    if (pending_.size() == chunk_size) {
      if (auto sealed = seal_chunk(pending_, false); !sealed) return sealed;
      pending_.clear();
    }
    const std::size_t count = std::min(bytes.size(), chunk_size - pending_.size());
    pending_.insert(pending_.end(), bytes.begin(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(count));
    bytes = bytes.subspan(count);
  }
  return {};
}

Result<void> StreamWriter::finish() {
  if (finished_) throw std::logic_error("StreamWriter: finished twice");
  finished_ = true;
  return seal_chunk(pending_, true);
}

Result<void> StreamWriter::seal_chunk(ByteView plaintext, bool final) {
  const auto sealed = std::span(sealed_).first(plaintext.size() + aead_tag_size);
  sealer_.seal(counter_.nonce(final), plaintext, sealed);
  counter_.advance();
  return below_.write(sealed);
}

StreamReader::StreamReader(platform::ByteSource& below, const Key32& key)
    : below_(below), opener_(key), sealed_(sealed_chunk_size), plaintext_(chunk_size) {}

StreamReader::~StreamReader() {
  wipe(plaintext_);
}

Result<std::size_t> StreamReader::read(std::span<std::byte> room) {
  if (begin_ == end_ && !final_seen_ && state_) state_ = open_chunk();
  if (begin_ == end_ && final_seen_ && state_) state_ = expect_end();
  if (begin_ == end_ && !state_) return state_.error();
  const std::size_t count = std::min(room.size(), end_ - begin_);
  std::copy_n(plaintext_.begin() + static_cast<std::ptrdiff_t>(begin_), count, room.begin());
  begin_ += count;
  return count;
}

Result<void> StreamReader::open_chunk() {
  const auto refuse = [](std::string_view why) {
    return seal_error(SealError::bad_payload, std::string(why));
  };
  const auto count = read_fully(below_, sealed_);
  if (!count) return count.error();
  if (*count == 0) return refuse("the payload ends before its final chunk; it was cut short");
  const ByteView sealed = ByteView(sealed_).first(*count);
  // A short chunk can only be the final one; a full one may be either.
  const bool full = *count == sealed_chunk_size;
  if (!(full && try_open(sealed, false)) && !try_open(sealed, true))
    return refuse(
        "a chunk of the payload was changed, or the file was cut short; get it again "
        "from its source");
  if (end_ == 0 && !counter_.at_first()) return refuse("the payload has an empty chunk at its end");
  counter_.advance();
  return {};
}

bool StreamReader::try_open(ByteView sealed, bool final) {
  if (!opener_.open(counter_.nonce(final), sealed, plaintext_)) return false;
  begin_ = 0;
  end_ = sealed.size() - aead_tag_size;
  final_seen_ = final;
  return true;
}

Result<void> StreamReader::expect_end() {
  std::byte more;
  const auto count = below_.read({&more, 1});
  if (!count) return count.error();
  if (*count == 0) return {};
  return seal_error(SealError::bad_payload, "something follows the end of the payload");
}

}  // namespace fieldnote::seal
