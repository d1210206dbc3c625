#include "seal/zstd_stream.hpp"

#include <zstd.h>

#include <new>
#include <stdexcept>
#include <string>

#include "seal/seal_error.hpp"

namespace fieldnote::seal {
namespace {

// A setting or a call that can fail only if we are wrong about the library.
std::size_t must(std::size_t result) {
  if (ZSTD_isError(result) != 0)
    throw std::logic_error(std::string("zstd: ") + ZSTD_getErrorName(result));
  return result;
}

template <class Context, std::size_t (*Free)(Context*)>
struct Freed {
  void operator()(Context* context) const { Free(context); }
};
template <class Context, std::size_t (*Free)(Context*)>
using Owned = std::unique_ptr<Context, Freed<Context, Free>>;

}  // namespace

struct ZstdWriter::State {
  State(platform::ByteSink& sink, int level)
      : below(sink), context(ZSTD_createCCtx()), buffer(ZSTD_CStreamOutSize()) {
    if (!context) throw std::bad_alloc();
    must(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level));
    must(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1));
  }

  // Feeds `bytes`; with ZSTD_e_end until the frame is out, else until they are taken.
  Result<void> compress(platform::ByteView bytes, ZSTD_EndDirective mode) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
      left = must(ZSTD_compressStream2(context.get(), &out, &in, mode));
      if (out.pos == 0) continue;
      if (auto written = below.write(platform::ByteView(buffer).first(out.pos)); !written)
        return written;
    } while (mode == ZSTD_e_end ? left != 0 : in.pos < in.size);
    return {};
  }

  platform::ByteSink& below;
  Owned<ZSTD_CCtx, ZSTD_freeCCtx> context;
  platform::Bytes buffer;
  bool finished = false;
};

ZstdWriter::ZstdWriter(platform::ByteSink& below, int level)
    : state_(std::make_unique<State>(below, level)) {}
ZstdWriter::ZstdWriter(ZstdWriter&& other) noexcept : state_(std::move(other.state_)) {}
ZstdWriter::~ZstdWriter() = default;

Result<void> ZstdWriter::write(platform::ByteView bytes) {
  if (state_->finished) throw std::logic_error("ZstdWriter: write after finish");
  return state_->compress(bytes, ZSTD_e_continue);
}

Result<void> ZstdWriter::finish() {
  if (state_->finished) throw std::logic_error("ZstdWriter: finished twice");
  state_->finished = true;
  return state_->compress({}, ZSTD_e_end);
}

struct ZstdReader::State {
  State(platform::ByteSource& source, int max_window_log)
      : below(source), context(ZSTD_createDCtx()), buffer(ZSTD_DStreamInSize()) {
    if (!context) throw std::bad_alloc();
    must(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, max_window_log));
  }

  // More input; false at the end of the source.
  Result<bool> fill() {
    const auto count = below.read(buffer);
    if (!count) return count.error();
    in = {buffer.data(), *count, 0};
    return *count != 0;
  }

  // Some plaintext; 0 at the end of the source, which must be the end of a frame.
  Result<std::size_t> decompress(std::span<std::byte> room) {
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    while (out.pos == 0) {
      // The library may hold more than it could give out last time, so it comes before the source.
      const std::size_t taken = in.pos;
      const std::size_t hint = ZSTD_decompressStream(context.get(), &out, &in);
      if (ZSTD_isError(hint) != 0)
        return refuse(std::string("not zstd data, or damaged: ") + ZSTD_getErrorName(hint));
      if (in.pos != taken || out.pos != 0) inside_frame = hint != 0;
      if (out.pos != 0 || in.pos < in.size) continue;
      const auto more = fill();
      if (!more) return more.error();
      if (*more) continue;
      if (inside_frame) return refuse("the compressed data ends too soon; it was cut short");
      return std::size_t{0};
    }
    return out.pos;
  }

  static Error refuse(std::string why) {
    return seal_error(SealError::bad_compression, std::move(why));
  }

  platform::ByteSource& below;
  Owned<ZSTD_DCtx, ZSTD_freeDCtx> context;
  platform::Bytes buffer;
  ZSTD_inBuffer in{nullptr, 0, 0};
  Result<void> end;          // the error that ended the data
  bool inside_frame = true;  // also before the first one: no bytes at all are no frame
};

ZstdReader::ZstdReader(platform::ByteSource& below, int max_window_log)
    : state_(std::make_unique<State>(below, max_window_log)) {}
ZstdReader::ZstdReader(ZstdReader&& other) noexcept : state_(std::move(other.state_)) {}
ZstdReader::~ZstdReader() = default;

Result<std::size_t> ZstdReader::read(std::span<std::byte> room) {
  if (room.empty()) return std::size_t{0};
  if (!state_->end) return state_->end.error();
  auto count = state_->decompress(room);
  if (!count) state_->end = count.error();
  return count;
}

}  // namespace fieldnote::seal
