#include "editor/files/thumbnails.h"

#include <QDateTime>
#include <QImageReader>
#include <QPixmap>

namespace kiln::editor {
namespace {

constexpr int edge = 96;
constexpr qint64 largest_file = 256ll << 20;

bool is_picture(const QFileInfo& file) {
  static const QList<QByteArray> formats = QImageReader::supportedImageFormats();
  return formats.contains(file.suffix().toLower().toLatin1());
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
  if (!file.isFile() || !is_picture(file) || file.size() > largest_file) {
    return QFileIconProvider::icon(file);
  }
  const QString key =
      file.absoluteFilePath() + QLatin1Char('@') + file.lastModified().toString(Qt::ISODateWithMs);
  const auto known = made_.constFind(key);
  if (known == made_.constEnd()) {
    made_.insert(key, QIcon());
    make(file.absoluteFilePath(), key);
  } else if (!known->isNull()) {
    return *known;
  }
  return QFileIconProvider::icon(file);
}

void Thumbnails::make(const QString& path, const QString& key) const {
  auto* self = const_cast<Thumbnails*>(this);
  threads_.start([self, path, key] {
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid()) {
      reader.setScaledSize(size.scaled(edge, edge, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    }
    const QImage image = reader.read();
    QMetaObject::invokeMethod(
        self,
        [self, key, image] {
          if (!image.isNull()) {
            self->made_[key] = QIcon(QPixmap::fromImage(
                image.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
            self->changed_();
          }
        },
        Qt::QueuedConnection);
  });
}

}  // namespace kiln::editor
