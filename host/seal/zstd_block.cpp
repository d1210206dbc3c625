#include "seal/zstd_block.hpp"

#include <zstd.h>

#include <new>
#include <stdexcept>
#include <string>

#include "seal/seal_error.hpp"
#include "seal/secret.hpp"

namespace fieldnote::seal {
namespace {

using platform::ByteView;

// Of a call that can fail only if we are wrong about the library.
std::size_t must(std::size_t result) {
  if (ZSTD_isError(result) != 0)
    throw std::logic_error(std::string("zstd: ") + ZSTD_getErrorName(result));
  return result;
}

struct FreeCompression {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeExpansion {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

template <class Context>
Context* there(Context* context) {
  if (context == nullptr) throw std::bad_alloc();
  return context;
}

Error refuse(std::string_view why) {
  return seal_error(SealError::bad_compression, "not zstd data, or damaged: " + std::string(why));
}

}  // namespace

struct ZstdBlock::State {
  int level;
  bool with_checksum;
  State(int zstd_level, bool checksum) : level(zstd_level), with_checksum(checksum) {}
  ~State() { wipe(text); }

  // Each made when it is first needed: few programs do both.
  std::unique_ptr<ZSTD_CCtx, FreeCompression> compression;
  std::unique_ptr<ZSTD_DCtx, FreeExpansion> expansion;
  // They only grow.
  platform::Bytes frame;
  platform::Bytes text;
};

ZstdBlock::ZstdBlock(int level, bool with_checksum)
    : state_(std::make_unique<State>(level, with_checksum)) {}
ZstdBlock::ZstdBlock(ZstdBlock&&) noexcept = default;
ZstdBlock& ZstdBlock::operator=(ZstdBlock&&) noexcept = default;
ZstdBlock::~ZstdBlock() = default;

ByteView ZstdBlock::compress(ByteView text) {
  State& state = *state_;
  if (!state.compression) {
    state.compression.reset(there(ZSTD_createCCtx()));
    must(ZSTD_CCtx_setParameter(state.compression.get(), ZSTD_c_compressionLevel, state.level));
    must(ZSTD_CCtx_setParameter(state.compression.get(), ZSTD_c_checksumFlag,
                                state.with_checksum ? 1 : 0));
  }
  const std::size_t most = ZSTD_compressBound(text.size());
  if (state.frame.size() < most) state.frame.resize(most);
  const std::size_t size = must(
      ZSTD_compress2(state.compression.get(), state.frame.data(), most, text.data(), text.size()));
  return ByteView(state.frame).first(size);
}

Result<ByteView> ZstdBlock::expand(ByteView frame, std::size_t most) {
  State& state = *state_;
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return refuse("it does not say how long its text is");
  if (size > most) return refuse("its text is longer than any that is written here");
  if (state.text.size() < size) {
    wipe(state.text);
    state.text = platform::Bytes(size);
  }
  if (!state.expansion) state.expansion.reset(there(ZSTD_createDCtx()));
  const std::size_t expanded = ZSTD_decompressDCtx(state.expansion.get(), state.text.data(), size,
                                                   frame.data(), frame.size());
  if (ZSTD_isError(expanded) != 0) return refuse(ZSTD_getErrorName(expanded));
  return ByteView(state.text).first(expanded);
}

}  // namespace fieldnote::seal
