//! The machine's own cameras: which there are, and one still picture of one.
//!
//! Whatever a camera gives is a stranger's file like any other and goes through [`crate::Stand::attach`]. Every step is
//! bounded: a camera that stops in the middle costs seconds, and is called from a thread of its own all the same.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::StandError;

/// A camera of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CameraLine {
    /// Its device file.
    pub path: PathBuf,
    /// What it calls itself.
    pub name: String,
    /// Whether it gives pictures that can be taken: as JPEG.
    pub usable: bool,
}

/// Something that gives a picture.
pub trait Camera {
    /// One picture, as a JPEG file.
    fn picture(&mut self) -> Result<Vec<u8>, StandError>;
}

/// A file in a camera's place, for tests and for a camera that writes files.
#[derive(Debug, Clone)]
pub struct FileCamera(pub PathBuf);

impl Camera for FileCamera {
    fn picture(&mut self) -> Result<Vec<u8>, StandError> {
        std::fs::read(&self.0).map_err(|source| StandError::io(&self.0, source))
    }
}

/// The cameras of this machine, by their device files. Devices that can't be asked are left out.
pub fn cameras() -> Vec<CameraLine> {
    native::cameras()
}

/// Takes a picture with a camera of this machine: the one at this device file, or else the first that is usable.
pub fn take_picture(path: Option<&Path>) -> Result<Vec<u8>, StandError> {
    let chosen = match path {
        Some(path) => path.to_owned(),
        None => cameras().into_iter().find(|camera| camera.usable).ok_or(StandError::NoCamera)?.path,
    };
    open_camera(&chosen).picture()
}

/// A camera of this machine, for many pictures: it stays open until it is dropped.
pub fn open_camera(path: &Path) -> Box<dyn Camera> {
    Box::new(native::Video4Linux::new(path.to_owned()))
}

#[cfg(target_os = "linux")]
mod native {
    use std::io;
    use std::path::PathBuf;
    use std::time::Duration;

    use linuxvideo::format::{PixFormat, PixelFormat};
    use linuxvideo::stream::ReadStream;
    use linuxvideo::{BufType, CapabilityFlags, Device};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::{Camera, CameraLine};
    use crate::StandError;

    /// Frames that are let go until light and focus have settled: about half a second.
    const FRAMES_SETTLING: u32 = 15;
    /// How long one frame may take.
    const FRAME_TIME_MAX: Duration = Duration::from_secs(3);
    /// Frames with an error mark, or empty ones, that are let go before the camera counts as broken.
    const FRAMES_BROKEN_MAX: u32 = 30;

    /// A camera behind V4L2, the system's own interface.
    pub(super) struct Video4Linux {
        path: PathBuf,
        /// From the first picture on.
        stream: Option<ReadStream>,
    }

    impl Video4Linux {
        pub(super) fn new(path: PathBuf) -> Self {
            Self { path, stream: None }
        }

        fn open(&self) -> io::Result<ReadStream> {
            let device = Device::open(&self.path)?;
            let format =
                jpeg_format(&device).ok_or_else(|| io::Error::new(io::ErrorKind::Unsupported, "no JPEG"))?;
            // The driver takes the nearest size that it has: its largest.
            let wanted = PixFormat::new(u32::MAX, u32::MAX, format);
            let mut stream = device.video_capture(wanted)?.into_stream()?;
            for _ in 0..FRAMES_SETTLING {
                frame(&mut stream)?;
            }
            Ok(stream)
        }

        fn next(&mut self) -> io::Result<Vec<u8>> {
            let mut stream = match self.stream.take() {
                Some(stream) => stream,
                None => self.open()?,
            };
            for _ in 0..FRAMES_BROKEN_MAX {
                if let Some(picture) = frame(&mut stream)? {
                    self.stream = Some(stream);
                    return Ok(picture);
                }
            }
            Err(io::Error::other("only broken frames"))
        }
    }

    pub(super) fn cameras() -> Vec<CameraLine> {
        let Ok(devices) = linuxvideo::list() else { return Vec::new() };
        let mut found: Vec<CameraLine> = devices.flatten().filter_map(|device| line(&device)).collect();
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    fn line(device: &Device) -> Option<CameraLine> {
        let capabilities = device.capabilities().ok()?;
        if !capabilities.device_capabilities().contains(CapabilityFlags::VIDEO_CAPTURE) {
            return None;
        }
        let usable = jpeg_format(device).is_some();
        Some(CameraLine { path: device.path().ok()?, name: capabilities.card().to_owned(), usable })
    }

    /// Its JPEG: plain, or the frames of Motion-JPEG, which are pictures whose tables everybody knows.
    fn jpeg_format(device: &Device) -> Option<PixelFormat> {
        let formats: Vec<PixelFormat> =
            device.formats(BufType::VIDEO_CAPTURE).flatten().map(|format| format.pixel_format()).collect();
        [PixelFormat::JPEG, PixelFormat::MJPG].into_iter().find(|wanted| formats.contains(wanted))
    }

    impl Camera for Video4Linux {
        fn picture(&mut self) -> Result<Vec<u8>, StandError> {
            self.next().map_err(|source| StandError::Camera { path: self.path.clone(), source })
        }
    }

    /// The next frame; none when it is marked as broken.
    fn frame(stream: &mut ReadStream) -> io::Result<Option<Vec<u8>>> {
        let time = Timespec::try_from(FRAME_TIME_MAX).map_err(io::Error::other)?;
        let ready = poll(&mut [PollFd::new(&*stream, PollFlags::IN)], Some(&time))?;
        if ready == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.dequeue(|view| Ok((!view.is_error() && !view.is_empty()).then(|| view.to_vec())))
    }
}

#[cfg(not(target_os = "linux"))]
mod native {
    use std::path::PathBuf;

    use super::{Camera, CameraLine};
    use crate::StandError;

    /// Cameras of other systems are not read yet.
    pub(super) struct Video4Linux;

    impl Video4Linux {
        pub(super) fn new(_: PathBuf) -> Self {
            Self
        }
    }

    pub(super) fn cameras() -> Vec<CameraLine> {
        Vec::new()
    }

    impl Camera for Video4Linux {
        fn picture(&mut self) -> Result<Vec<u8>, StandError> {
            Err(StandError::NoCamera)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_in_for_a_camera() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("toma.jpg");
        std::fs::write(&path, b"dots").unwrap();
        assert_eq!(FileCamera(path).picture().unwrap(), b"dots");
    }

    #[test]
    fn a_camera_that_is_none_is_said_to_be_none() {
        let dir = tempfile::tempdir().unwrap();
        let nothing = dir.path().join("video0");
        assert_eq!(take_picture(Some(&nothing)).unwrap_err().code(), "camera_failed");
        std::fs::write(&nothing, b"a file").unwrap();
        assert_eq!(take_picture(Some(&nothing)).unwrap_err().code(), "camera_failed");
        if cameras().iter().all(|camera| !camera.usable) {
            assert_eq!(take_picture(None).unwrap_err().code(), "camera_none");
        }
    }
}
