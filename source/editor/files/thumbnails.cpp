#include "editor/files/thumbnails.h"

#include <QDateTime>
#include <QImageReader>
#include <QPixmap>
#include <algorithm>
#include <cmath>

#include "document/file/preview.h"
#include "image/image_file.h"

namespace kiln::editor {
namespace {

constexpr int edge = 96;
constexpr qint64 largest_file = 256ll << 20;

// Formats that Kiln reads and Qt does not, or not well.
bool is_own(const QString& suffix) {
  static const QStringList own{QStringLiteral("exr"), QStringLiteral("hdr"), QStringLiteral("dpx"),
                               QStringLiteral("cin"), QStringLiteral("jp2"), QStringLiteral("j2c"),
                               QStringLiteral("tga"), QStringLiteral("rgb"), QStringLiteral("tif"),
                               QStringLiteral("tiff")};
  return own.contains(suffix.toLower());
}

// Documents, and what they were before.
bool is_document(const QString& suffix) {
  return suffix.startsWith(QStringLiteral("kiln"), Qt::CaseInsensitive);
}

bool has_picture(const QFileInfo& file) {
  static const QList<QByteArray> formats = QImageReader::supportedImageFormats();
  const QString suffix = file.suffix().toLower();
  return is_document(suffix) ||
         (file.size() <= largest_file && (formats.contains(suffix.toLatin1()) || is_own(suffix)));
}

QImage read_document(const QString& path) {
  const Result<std::string> picture = read_preview(Path(path.toStdString()));
  return picture ? QImage::fromData(QByteArray::fromBase64(QByteArray::fromStdString(*picture)))
                 : QImage();
}

// Light as a screen shows it (IEC 61966-2-1).
float to_display(float v) {
  v = std::isfinite(v) ? std::clamp(v, 0.0f, 1.0f) : 0.0f;
  return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
}

// Means of what falls into each pixel of the small picture.
QImage read_own(const QString& path) {
  const Result<image::ImageFile> file = image::read_image(Path(path.toStdString()));
  if (!file || file->pixels.empty()) {
    return {};
  }
  const image::ImageBuffer& from = file->pixels;
  const QSize size = QSize(from.width(), from.height())
                         .scaled(edge, edge, Qt::KeepAspectRatio)
                         .boundedTo(QSize(from.width(), from.height()))
                         .expandedTo(QSize(1, 1));
  QImage out(size, QImage::Format_RGBA8888);
  for (int y = 0; y < size.height(); ++y) {
    uchar* line = out.scanLine(y);
    const int low = (size.height() - 1 - y) * from.height() / size.height(),
              high = std::max(low + 1, (size.height() - y) * from.height() / size.height());
    for (int x = 0; x < size.width(); ++x) {
      const int left = x * from.width() / size.width(),
                right = std::max(left + 1, (x + 1) * from.width() / size.width());
      float sums[4] = {};
      for (int row = low; row < high; ++row) {
        for (int column = left; column < right; ++column) {
          for (int c = 0; c < 4; ++c) {
            const float value = from.value(column, row, c);
            sums[c] += std::isfinite(value) ? value : 0.0f;
          }
        }
      }
      const float share = 1.0f / float((high - low) * (right - left));
      for (int c = 0; c < 4; ++c) {
        const float mean = sums[c] * share;
        line[x * 4 + c] = image::to_byte(c < 3 && file->is_scene_linear ? to_display(mean) : mean);
      }
    }
  }
  return out;
}

}  // namespace

Thumbnails::Thumbnails(std::function<void()> changed) : changed_(std::move(changed)) {
  threads_.setMaxThreadCount(2);
}

Thumbnails::~Thumbnails() {
  threads_.clear();
  threads_.waitForDone();
}

QIcon Thumbnails::icon(const QFileInfo& file) const {
  if (!file.isFile() || !has_picture(file)) {
    return QFileIconProvider::icon(file);
  }
  const QString key =
      file.absoluteFilePath() + QLatin1Char('@') + file.lastModified().toString(Qt::ISODateWithMs);
  {
    const QMutexLocker lock(&mutex_);
    const auto known = made_.constFind(key);
    if (known != made_.constEnd() && !known->isNull()) {
      return *known;
    }
    if (known == made_.constEnd()) {
      made_.insert(key, QIcon());
      make(file.absoluteFilePath(), key);
    }
  }
  return QFileIconProvider::icon(file);
}

void Thumbnails::make(const QString& path, const QString& key) const {
  auto* self = const_cast<Thumbnails*>(this);
  threads_.start([self, path, key] {
    QImage image;
    if (const QString suffix = QFileInfo(path).suffix(); is_document(suffix)) {
      image = read_document(path);
    } else if (is_own(suffix)) {
      image = read_own(path);
    } else {
      QImageReader reader(path);
      reader.setAutoTransform(true);
      const QSize size = reader.size();
      if (size.isValid()) {
        reader.setScaledSize(size.scaled(edge, edge, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
      }
      image = reader.read();
    }
    QMetaObject::invokeMethod(
        self,
        [self, key, image] {
          if (!image.isNull()) {
            {
              const QMutexLocker lock(&self->mutex_);
              self->made_[key] = QIcon(QPixmap::fromImage(
                  image.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
            }
            self->changed_();
          }
        },
        Qt::QueuedConnection);
  });
}

}  // namespace kiln::editor
