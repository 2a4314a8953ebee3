//! A folder `甲.zip` among the sources as the archive that Windows makes of it: names in GBK without the UTF-8 flag.

use encoding_rs::GBK;

/// 4 September 2014, 08:50, as zip writes it: date, time.
const MADE: (u16, u16) = ((2014 - 1980) << 9 | 9 << 5 | 4, 8 << 11 | 50 << 5);

/// The archive of these entries (path with `/`, bytes), stored without compression.
pub(crate) fn zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let name = GBK.encode(name).0;
        let offset = out.len() as u32;
        let common = common(&name, bytes);
        out.extend(0x0403_4b50_u32.to_le_bytes());
        out.extend(&common);
        out.extend(name.iter());
        out.extend(bytes);

        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&common);
        // no comment, first disk, no attributes
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.iter());
    }
    let (start, count) = (out.len() as u32, entries.len() as u16);
    out.extend(&directory);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What the entry's own heading and the directory's line share: version, flags, method, time, checksum, sizes, lengths.
fn common(name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let size = (bytes.len() as u32).to_le_bytes();
    let mut common = Vec::new();
    for half in [20, 0, 0, MADE.1, MADE.0] {
        common.extend(half.to_le_bytes());
    }
    common.extend(checksum(bytes).to_le_bytes());
    common.extend(size);
    common.extend(size);
    common.extend((name.len() as u16).to_le_bytes());
    common.extend([0; 2]);
    common
}

/// CRC-32 as zip wants it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0, |crc: u32, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))))
}
